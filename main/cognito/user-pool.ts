// Owns the operations of a user pool that are used, each with its patience and its occasion. Refuses to know when they are asked.
import type {
  AssociateSoftwareTokenCommandInput,
  AssociateSoftwareTokenCommandOutput,
  ConfirmDeviceCommandInput,
  ConfirmDeviceCommandOutput,
  ConfirmForgotPasswordCommandInput,
  ConfirmForgotPasswordCommandOutput,
  ConfirmSignUpCommandInput,
  ConfirmSignUpCommandOutput,
  ForgetDeviceCommandInput,
  ForgetDeviceCommandOutput,
  ForgotPasswordCommandInput,
  ForgotPasswordCommandOutput,
  GetTokensFromRefreshTokenCommandInput,
  GetTokensFromRefreshTokenCommandOutput,
  GlobalSignOutCommandInput,
  GlobalSignOutCommandOutput,
  InitiateAuthCommandInput,
  InitiateAuthCommandOutput,
  ListDevicesCommandInput,
  ListDevicesCommandOutput,
  ResendConfirmationCodeCommandInput,
  ResendConfirmationCodeCommandOutput,
  RespondToAuthChallengeCommandInput,
  RespondToAuthChallengeCommandOutput,
  RevokeTokenCommandInput,
  RevokeTokenCommandOutput,
  UpdateDeviceStatusCommandInput,
  UpdateDeviceStatusCommandOutput,
  VerifySoftwareTokenCommandInput,
  VerifySoftwareTokenCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Result } from '../failure.ts'
import type { Clock } from '../sessions/ports.ts'
import type { DeadlineSignal } from './deadline.ts'
import type { Endpoint } from './endpoints.ts'
import type { Occasion } from './errors.ts'
import { type Answer, exchange } from './exchange.ts'
import { attempts, refuseCredentials, settingsFor } from './sdk-settings.ts'
import { prepareStack } from './sdk-stack.ts'

type Ask<Input, Output> = (input: Input) => Promise<Result<Answer<Output>>>

/** Every answer is a Result; nothing here throws for what Cognito says. */
export interface UserPoolApi {
  readonly initiateAuth: (
    input: InitiateAuthCommandInput,
    occasion: 'sign-in' | 'refresh',
  ) => Promise<Result<Answer<InitiateAuthCommandOutput>>>
  readonly respondToAuthChallenge: Ask<
    RespondToAuthChallengeCommandInput,
    RespondToAuthChallengeCommandOutput
  >
  readonly associateSoftwareToken: Ask<
    AssociateSoftwareTokenCommandInput,
    AssociateSoftwareTokenCommandOutput
  >
  readonly verifySoftwareToken: Ask<VerifySoftwareTokenCommandInput, VerifySoftwareTokenCommandOutput>
  readonly forgotPassword: Ask<ForgotPasswordCommandInput, ForgotPasswordCommandOutput>
  readonly confirmForgotPassword: Ask<ConfirmForgotPasswordCommandInput, ConfirmForgotPasswordCommandOutput>
  readonly confirmSignUp: Ask<ConfirmSignUpCommandInput, ConfirmSignUpCommandOutput>
  readonly resendConfirmationCode: Ask<
    ResendConfirmationCodeCommandInput,
    ResendConfirmationCodeCommandOutput
  >
  readonly confirmDevice: Ask<ConfirmDeviceCommandInput, ConfirmDeviceCommandOutput>
  readonly updateDeviceStatus: Ask<UpdateDeviceStatusCommandInput, UpdateDeviceStatusCommandOutput>
  readonly listDevices: Ask<ListDevicesCommandInput, ListDevicesCommandOutput>
  readonly forgetDevice: Ask<ForgetDeviceCommandInput, ForgetDeviceCommandOutput>
  readonly getTokensFromRefreshToken: Ask<
    GetTokensFromRefreshTokenCommandInput,
    GetTokensFromRefreshTokenCommandOutput
  >
  readonly revokeToken: Ask<RevokeTokenCommandInput, RevokeTokenCommandOutput>
  readonly globalSignOut: Ask<GlobalSignOutCommandInput, GlobalSignOutCommandOutput>
}

export const openUserPool = async (clock: Clock, endpoint: Endpoint): Promise<UserPoolApi> => {
  const sdk = await import('./user-pool-sdk.ts')
  const anonymous = { credentials: refuseCredentials }
  const once = new sdk.CognitoIdentityProviderClient({
    ...settingsFor(endpoint, attempts.once),
    ...anonymous,
  })
  // The same connections, other patience.
  const { requestHandler } = once.config
  const settings = { ...settingsFor(endpoint, attempts.twice), ...anonymous, requestHandler }
  const twice = new sdk.CognitoIdentityProviderClient(settings)
  for (const { middlewareStack } of [once, twice]) prepareStack(middlewareStack, clock)

  type Options = { abortSignal: DeadlineSignal }
  const ask =
    <Input extends object, Output extends { $metadata: { requestId?: string | undefined } }>(
      occasion: Occasion,
      send: (input: Input, options: Options) => Promise<Output>,
    ): Ask<Input, Output> =>
    (input) =>
      exchange(clock, occasion, input, (options) => send(input, options))

  return {
    initiateAuth: (input, occasion) =>
      exchange(clock, occasion, input, (options) =>
        (occasion === 'refresh' ? once : twice).send(new sdk.InitiateAuthCommand(input), options),
      ),
    respondToAuthChallenge: ask('challenge', (input, options) =>
      once.send(new sdk.RespondToAuthChallengeCommand(input), options),
    ),
    associateSoftwareToken: ask('challenge', (input, options) =>
      once.send(new sdk.AssociateSoftwareTokenCommand(input), options),
    ),
    verifySoftwareToken: ask('challenge', (input, options) =>
      once.send(new sdk.VerifySoftwareTokenCommand(input), options),
    ),
    forgotPassword: ask('code', (input, options) => once.send(new sdk.ForgotPasswordCommand(input), options)),
    confirmForgotPassword: ask('code', (input, options) =>
      once.send(new sdk.ConfirmForgotPasswordCommand(input), options),
    ),
    confirmSignUp: ask('code', (input, options) => once.send(new sdk.ConfirmSignUpCommand(input), options)),
    resendConfirmationCode: ask('code', (input, options) =>
      once.send(new sdk.ResendConfirmationCodeCommand(input), options),
    ),
    confirmDevice: ask('device', (input, options) =>
      twice.send(new sdk.ConfirmDeviceCommand(input), options),
    ),
    updateDeviceStatus: ask('device', (input, options) =>
      twice.send(new sdk.UpdateDeviceStatusCommand(input), options),
    ),
    listDevices: ask('device', (input, options) => twice.send(new sdk.ListDevicesCommand(input), options)),
    forgetDevice: ask('device', (input, options) => twice.send(new sdk.ForgetDeviceCommand(input), options)),
    getTokensFromRefreshToken: ask('refresh', (input, options) =>
      once.send(new sdk.GetTokensFromRefreshTokenCommand(input), options),
    ),
    revokeToken: ask('revoke', (input, options) => twice.send(new sdk.RevokeTokenCommand(input), options)),
    globalSignOut: ask('global-sign-out', (input, options) =>
      twice.send(new sdk.GlobalSignOutCommand(input), options),
    ),
  }
}
