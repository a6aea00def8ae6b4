// Owns how the server refuses: Cognito's own exception names and sentences. Here a refusal is thrown, because that is
// what it is to the client; http.ts is the only place that catches it.
// Sentences marked [inf] are not on record anywhere we could read; all others are Cognito's.

/** A refusal as the client sees it: `__type`, message and HTTP status. */
export class ServiceError extends Error {
  readonly type: string
  readonly status: number

  constructor(type: string, message: string, status = 400) {
    super(message)
    this.name = 'ServiceError'
    this.type = type
    this.status = status
  }
}

export const notAuthorized = (message: string) => new ServiceError('NotAuthorizedException', message)
export const invalidParameter = (message: string) => new ServiceError('InvalidParameterException', message)
export const resourceNotFound = (message: string) => new ServiceError('ResourceNotFoundException', message)
export const codeMismatch = () => new ServiceError('CodeMismatchException', 'Invalid code received for user')
export const unknownOperation = () => new ServiceError('UnknownOperationException', '')
export const tooManyRequests = (message = 'Rate exceeded') =>
  new ServiceError('TooManyRequestsException', message)

/** The codes of ConfirmForgotPassword and ConfirmSignUp; those of challenges have `codeMismatch`. */
export const wrongVerificationCode = () =>
  new ServiceError('CodeMismatchException', 'Invalid verification code provided, please try again.')
export const expiredCode = () =>
  new ServiceError('ExpiredCodeException', 'Invalid code provided, please request a code again.')
export const limitExceeded = () =>
  new ServiceError('LimitExceededException', 'Attempt limit exceeded, please try after some time.')

export const wrongPassword = () => notAuthorized('Incorrect username or password.')
export const passwordAttemptsExceeded = () => notAuthorized('Password attempts exceeded')
export const userNotFound = () => new ServiceError('UserNotFoundException', 'User does not exist.')
export const userDisabled = () => notAuthorized('User is disabled.')
export const userNotConfirmed = () => new ServiceError('UserNotConfirmedException', 'User is not confirmed.')
export const deviceNotFound = () => resourceNotFound('Device does not exist.')
export const passwordResetRequired = () =>
  new ServiceError('PasswordResetRequiredException', 'Password reset required for the user')
