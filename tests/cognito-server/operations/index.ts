// Owns the table of operations: AWS JSON target to function.
import { getCredentialsForIdentity, getId, getOpenIdToken } from '../identity/operations.ts'
import type { Input } from '../input.ts'
import type { World } from '../world.ts'
import { confirmForgotPassword, confirmSignUp, forgotPassword, resendConfirmationCode } from './account.ts'
import { confirmDevice, forgetDevice, getDevice, listDevices, updateDeviceStatus } from './devices.ts'
import { initiateAuth } from './initiate-auth.ts'
import { getTokensFromRefreshToken } from './refresh.ts'
import { respondToAuthChallenge } from './respond-to-auth-challenge.ts'
import { globalSignOut, revokeToken } from './sign-out.ts'
import { associateSoftwareToken, getUser, verifySoftwareToken } from './user.ts'

/** Answers a request or throws a ServiceError. */
export type Operation = (world: World, input: Input) => Promise<object>

/** `X-Amz-Target` to what answers it. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['AWSCognitoIdentityProviderService.InitiateAuth', initiateAuth],
  ['AWSCognitoIdentityProviderService.RespondToAuthChallenge', respondToAuthChallenge],
  ['AWSCognitoIdentityProviderService.GetTokensFromRefreshToken', getTokensFromRefreshToken],
  ['AWSCognitoIdentityProviderService.RevokeToken', revokeToken],
  ['AWSCognitoIdentityProviderService.GlobalSignOut', globalSignOut],
  ['AWSCognitoIdentityProviderService.GetUser', getUser],
  ['AWSCognitoIdentityProviderService.AssociateSoftwareToken', associateSoftwareToken],
  ['AWSCognitoIdentityProviderService.VerifySoftwareToken', verifySoftwareToken],
  ['AWSCognitoIdentityProviderService.ForgotPassword', forgotPassword],
  ['AWSCognitoIdentityProviderService.ConfirmForgotPassword', confirmForgotPassword],
  ['AWSCognitoIdentityProviderService.ConfirmSignUp', confirmSignUp],
  ['AWSCognitoIdentityProviderService.ResendConfirmationCode', resendConfirmationCode],
  ['AWSCognitoIdentityProviderService.ConfirmDevice', confirmDevice],
  ['AWSCognitoIdentityProviderService.UpdateDeviceStatus', updateDeviceStatus],
  ['AWSCognitoIdentityProviderService.ListDevices', listDevices],
  ['AWSCognitoIdentityProviderService.GetDevice', getDevice],
  ['AWSCognitoIdentityProviderService.ForgetDevice', forgetDevice],
  ['AWSCognitoIdentityService.GetId', getId],
  ['AWSCognitoIdentityService.GetOpenIdToken', getOpenIdToken],
  ['AWSCognitoIdentityService.GetCredentialsForIdentity', getCredentialsForIdentity],
  ['AWSCognitoIdentityService.GetOpenIdToken', getOpenIdToken],
])
