// Owns the table from what Cognito, identity pools and STS say to failure codes: exception, words, occasion, code.
// Data only; errors.ts reads it. Words are matched where one exception stands for many things, NotAuthorizedException above all.
import type { FailureCode } from '../failure.ts'

/** What was being asked when the answer came; the same exception means different things on different occasions. */
export type Occasion =
  | 'sign-in'
  | 'challenge'
  | 'code'
  | 'device'
  | 'refresh'
  | 'revoke'
  | 'global-sign-out'
  | 'credentials'
  | 'caller-identity'

export interface ErrorRule {
  /** Exception names; none means any. */
  readonly exceptions?: readonly string[]
  /** The message has to match. */
  readonly says?: RegExp
  /** Only on these occasions; none means all. */
  readonly on?: readonly Occasion[]
  readonly code: FailureCode
}

/** `code`: passwords to reset and sign-ups to confirm, by a code. `device`: what takes an access token for a device. */
const signingIn = ['sign-in', 'challenge', 'code'] as const
const withAccessToken = ['device', 'global-sign-out'] as const
const signedIn = ['refresh', 'revoke', ...withAccessToken] as const
const userPool = [...signingIn, ...signedIn] as const
const notAuthorized = ['NotAuthorizedException']
const refused = ['NotAuthorizedException', 'InvalidParameterException', 'UnauthorizedException']

/** First match wins: words before names, the narrow occasion before the wide one. */
export const errorRules: readonly ErrorRule[] = [
  // The operation itself. Emulators know few; cognito-local says CognitoLocal#Unsupported with status 500.
  { exceptions: ['Unsupported'], says: /AuthFlow/, on: ['sign-in'], code: 'config.flow-not-enabled' },
  {
    exceptions: [
      'UnknownOperationException',
      'InvalidAction',
      'Unsupported',
      'NotImplementedException',
      'NotImplemented',
      'NotYetImplemented',
    ],
    code: 'config.operation-unknown',
  },
  {
    exceptions: ['InternalFailure', 'InternalError', 'InternalErrorException'],
    says: /not (?:yet )?(?:implemented|supported)|unsupported/i,
    code: 'config.operation-unknown',
  },

  // App client and pool
  {
    exceptions: refused,
    says: /\bsecret(?!_block)/i,
    code: 'config.client-secret',
  },
  {
    exceptions: [...refused, 'UnsupportedOperationException'],
    says: /flow.*not (?:enabled|supported|allowed)|is not (?:enabled|allowed) for (?:this|the) client|auth method not supported|trigger is not configured/i,
    on: ['sign-in', 'challenge', 'refresh'],
    code: 'config.flow-not-enabled',
  },
  // A device that was forgotten takes the refresh tokens that are bound to it with it.
  {
    exceptions: ['ResourceNotFoundException'],
    says: /device/i,
    on: ['sign-in', 'challenge'],
    code: 'sign-in.device-unknown',
  },
  { exceptions: ['ResourceNotFoundException'], says: /device/i, on: ['refresh'], code: 'session.revoked' },
  {
    exceptions: ['ResourceNotFoundException'],
    says: /device/i,
    on: ['device'],
    code: 'device.not-remembered',
  },
  {
    exceptions: ['ResourceNotFoundException'],
    says: /client/i,
    on: userPool,
    code: 'config.client-not-found',
  },
  { exceptions: ['ResourceNotFoundException'], on: userPool, code: 'config.pool-not-found' },
  { exceptions: ['FeatureUnavailableInTierException'], code: 'config.flow-not-enabled' },
  { exceptions: ['OperationNotEnabledException'], code: 'config.operation-disabled' },
  { exceptions: ['UnsupportedOperationException'], on: ['revoke'], code: 'config.revocation-off' },
  { exceptions: ['UnsupportedOperationException'], code: 'config.flow-not-enabled' },
  {
    exceptions: [
      'InvalidUserPoolConfigurationException',
      'InvalidSmsRoleAccessPolicyException',
      'InvalidSmsRoleTrustRelationshipException',
      'InvalidEmailRoleAccessPolicyException',
    ],
    code: 'config.pool-settings',
  },
  { exceptions: ['ForbiddenException'], code: 'config.forbidden' },
  { exceptions: ['AccessDeniedException', 'AccessDenied'], on: userPool, code: 'config.forbidden' },
  {
    exceptions: [
      'UserLambdaValidationException',
      'UnexpectedLambdaException',
      'InvalidLambdaResponseException',
    ],
    code: 'sign-in.lambda',
  },

  // Signing in
  {
    exceptions: notAuthorized,
    says: /attempts? (?:limit )?exceeded|limit exceeded/i,
    on: userPool,
    code: 'sign-in.locked-out',
  },
  {
    exceptions: ['NotAuthorizedException', 'CodeMismatchException', 'ExpiredCodeException'],
    says: /invalid session|session (?:is |has |can )|session.*expired/i,
    on: signingIn,
    code: 'sign-in.step-expired',
  },
  {
    exceptions: notAuthorized,
    says: /user is disabled|user is not enabled/i,
    on: userPool,
    code: 'sign-in.disabled',
  },
  {
    exceptions: notAuthorized,
    says: /(?:temporary password|account) has expired|reset by an administrator/i,
    on: signingIn,
    code: 'sign-in.temporary-password-expired',
  },
  { exceptions: notAuthorized, says: /security reasons/i, on: userPool, code: 'sign-in.blocked' },
  { exceptions: notAuthorized, says: /not confirmed/i, on: userPool, code: 'sign-in.not-confirmed' },
  {
    exceptions: notAuthorized,
    says: /incorrect username or password/i,
    on: signingIn,
    code: 'sign-in.wrong-password',
  },
  {
    exceptions: ['CodeMismatchException', 'ExpiredCodeException', 'EnableSoftwareTokenMFAException'],
    on: userPool,
    code: 'sign-in.wrong-code',
  },
  { exceptions: ['CodeDeliveryFailureException'], code: 'sign-in.code-not-sent' },
  { exceptions: ['TooManyFailedAttemptsException'], code: 'sign-in.too-many-tries' },
  { exceptions: ['LimitExceededException'], on: ['code'], code: 'sign-in.too-many-tries' },
  {
    exceptions: ['NotAuthorizedException', 'InvalidParameterException'],
    says: /current status is confirmed|already confirmed/i,
    on: ['code'],
    code: 'sign-in.already-confirmed',
  },
  {
    exceptions: ['NotAuthorizedException', 'InvalidParameterException'],
    says: /cannot (?:be reset|reset password)/i,
    on: ['code'],
    code: 'sign-in.reset-impossible',
  },
  { exceptions: ['PasswordResetRequiredException'], code: 'sign-in.reset-required' },
  { exceptions: ['UserNotConfirmedException'], code: 'sign-in.not-confirmed' },
  {
    exceptions: ['MFAMethodNotFoundException', 'SoftwareTokenMFANotFoundException'],
    code: 'sign-in.no-second-factor',
  },
  { exceptions: ['AliasExistsException'], code: 'sign-in.alias-taken' },
  // InitiateAuth does not declare it; cognito-local uses it for a wrong password.
  { exceptions: ['InvalidPasswordException'], on: ['sign-in'], code: 'sign-in.wrong-password' },
  {
    exceptions: ['InvalidPasswordException', 'PasswordHistoryPolicyViolationException'],
    code: 'sign-in.password-policy',
  },
  {
    exceptions: ['InvalidParameterException'],
    says: /'(?:proposedP|p)assword'|newPassword/,
    on: ['challenge', 'code'],
    code: 'sign-in.password-policy',
  },
  { exceptions: ['InvalidParameterException'], says: /attribute/i, on: ['challenge'], code: 'input.invalid' },

  // Users and refresh tokens. Only these words end a session: any other refusal keeps its tokens.
  { exceptions: ['UserNotFoundException'], on: signingIn, code: 'sign-in.user-not-found' },
  {
    exceptions: notAuthorized,
    says: /user (?:does not exist|not found)/i,
    on: signingIn,
    code: 'sign-in.user-not-found',
  },
  { exceptions: ['UserNotFoundException'], on: signedIn, code: 'session.user-gone' },
  {
    exceptions: notAuthorized,
    says: /user (?:does not exist|not found)/i,
    on: signedIn,
    code: 'session.user-gone',
  },
  { exceptions: ['RefreshTokenReuseException'], code: 'session.reused' },
  { exceptions: notAuthorized, says: /refresh token.*reuse/i, on: signedIn, code: 'session.reused' },
  { exceptions: ['TokenRevokedException', 'TokenRevoked'], on: signedIn, code: 'session.revoked' },
  { exceptions: notAuthorized, says: /token.*revoked/i, on: signedIn, code: 'session.revoked' },
  {
    exceptions: ['NotAuthorizedException', 'InvalidParameterException'],
    says: /refresh token.*expired|invalid refresh token/i,
    on: ['refresh', 'revoke'],
    code: 'session.ended',
  },
  {
    exceptions: notAuthorized,
    says: /required scope/i,
    on: withAccessToken,
    code: 'token.scope-missing',
  },
  { exceptions: notAuthorized, says: /token.*expired/i, on: withAccessToken, code: 'token.expired' },
  {
    exceptions: notAuthorized,
    says: /invalid access token|verify signature/i,
    on: withAccessToken,
    code: 'token.unverified',
  },
  {
    exceptions: ['UnauthorizedException', 'UnsupportedTokenTypeException'],
    on: ['revoke'],
    code: 'token.not-revocable',
  },

  // Identity pool, and STS in the basic flow
  {
    exceptions: ['InvalidParameterException'],
    says: /classic|basic.*flow/i,
    on: ['credentials'],
    code: 'credentials.basic-flow-off',
  },
  {
    exceptions: ['ValidationError', 'ValidationException'],
    says: /DurationSeconds/i,
    on: ['credentials'],
    code: 'credentials.duration',
  },
  {
    exceptions: ['ExpiredTokenException', 'ExpiredToken'],
    on: ['credentials'],
    code: 'credentials.token-expired',
  },
  {
    exceptions: [
      'InvalidIdentityToken',
      'InvalidIdentityTokenException',
      'IDPRejectedClaim',
      'IDPRejectedClaimException',
    ],
    on: ['credentials'],
    code: 'credentials.role',
  },
  {
    exceptions: [
      'RegionDisabledException',
      'MalformedPolicyDocumentException',
      'PackedPolicyTooLargeException',
    ],
    on: ['credentials'],
    code: 'service.refused',
  },
  {
    exceptions: ['IDPCommunicationError', 'IDPCommunicationErrorException'],
    on: ['credentials'],
    code: 'service.unavailable',
  },
  {
    exceptions: notAuthorized,
    says: /token.*expired/i,
    on: ['credentials'],
    code: 'credentials.token-expired',
  },
  { exceptions: notAuthorized, says: /token.*revoked/i, on: ['credentials'], code: 'session.revoked' },
  {
    exceptions: notAuthorized,
    says: /access to identity .*forbidden|logins don't match/i,
    on: ['credentials'],
    code: 'credentials.identity-not-found',
  },
  {
    exceptions: notAuthorized,
    says: /supported provider|providerName|invalid login token|not a valid openid/i,
    on: ['credentials'],
    code: 'credentials.not-supported-provider',
  },
  {
    exceptions: [
      'NotAuthorizedException',
      'InvalidParameterException',
      'AccessDeniedException',
      'AccessDenied',
    ],
    says: /role|sts:/i,
    on: ['credentials'],
    code: 'credentials.role',
  },
  { exceptions: ['InvalidIdentityPoolConfigurationException'], code: 'credentials.role' },
  {
    exceptions: ['ResourceNotFoundException'],
    says: /identity ?pool/i,
    on: ['credentials'],
    code: 'credentials.identity-pool-not-found',
  },
  { exceptions: ['ResourceNotFoundException'], on: ['credentials'], code: 'credentials.identity-not-found' },
  { exceptions: ['ResourceConflictException'], on: ['credentials'], code: 'credentials.conflict' },
  { exceptions: ['LimitExceededException'], on: ['credentials'], code: 'credentials.limit' },
  { exceptions: ['ExternalServiceException'], on: ['credentials'], code: 'service.unavailable' },

  // STS
  {
    exceptions: [
      'ExpiredToken',
      'ExpiredTokenException',
      'InvalidClientTokenId',
      'InvalidAccessKeyId',
      'UnrecognizedClientException',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignature',
      'MissingAuthenticationToken',
      'RequestExpired',
      'RequestTimeTooSkewed',
      'AuthFailure',
      'AccessDenied',
      'AccessDeniedException',
    ],
    on: ['caller-identity'],
    code: 'credentials.refused',
  },

  // Registering a device fails without anybody noticing: its key is new each time.
  { exceptions: ['DeviceKeyExistsException', 'UsernameExistsException'], code: 'service.refused' },

  // Any service
  {
    exceptions: [
      'TooManyRequestsException',
      'ConcurrentModificationException',
      'TooManyRequests',
      'LimitExceededException',
      'ThrottlingException',
      'Throttling',
      'RequestLimitExceeded',
      'SlowDown',
    ],
    code: 'service.throttled',
  },
  {
    exceptions: ['InternalErrorException', 'InternalFailure', 'InternalServerError', 'ServiceUnavailable'],
    code: 'service.unavailable',
  },
  {
    exceptions: [
      'InvalidParameterException',
      'InvalidParameterValue',
      'ValidationException',
      'ValidationError',
    ],
    code: 'config.invalid-parameter',
  },
]

/** Exceptions that stand for many things: only their words are mapped, and what is left is a refusal nobody has classified. */
export const ambiguousExceptions: readonly string[] = ['NotAuthorizedException']
