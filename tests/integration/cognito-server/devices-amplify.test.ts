// aws-amplify registers a device only where it believes to be in a browser: that has to be so before it is imported.
import type * as AmplifyAuth from 'aws-amplify/auth'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { DeviceTracking } from '../../cognito-server/config.ts'
import type { CognitoServer } from '../../cognito-server/index.ts'
import type * as Flows from './flows.ts'
import { PASSWORD, POOL, pool, startStrict, totpCode } from './kit.ts'

let server: CognitoServer
let auth: typeof AmplifyAuth
let configureAmplify: typeof Flows.configureAmplify
beforeAll(async () => {
  vi.stubGlobal('navigator', { userAgent: 'a browser' })
  auth = await import('aws-amplify/auth')
  ;({ configureAmplify } = await import('./flows.ts'))
})
const start = async (deviceTracking: Partial<DeviceTracking>) => {
  server = await startStrict({ pools: [{ ...pool, deviceTracking }], identityPools: [] })
  configureAmplify(server, POOL, 'public')
}
afterEach(async () => {
  await auth.signOut()
  await server.close()
})

const signInAsGrace = () => auth.signIn({ username: 'grace', password: PASSWORD })

test('registers its device, then proves it instead of a second factor, refreshes with it, and comes back after it was forgotten', async () => {
  await start({ challengeRequiredOnNewDevice: true })
  await signInAsGrace()
  await auth.confirmSignIn({ challengeResponse: totpCode(server) })
  expect(await auth.fetchDevices()).toHaveLength(1)
  const { tokens } = await auth.fetchAuthSession({ forceRefresh: true })
  expect(tokens?.accessToken.payload['username']).toBe('grace')
  await auth.signOut()

  expect((await signInAsGrace()).nextStep.signInStep).toBe('DONE')
  expect(server.requests.count({ operation: 'ConfirmDevice', outcome: 'ok' })).toBe(1)
  await auth.rememberDevice()
  server.admin.forgetDevices(POOL, 'grace')
  await auth.signOut()

  server.clock.advance(60_000)
  expect((await signInAsGrace()).nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE')
  expect(server.requests.count({ outcome: 'ResourceNotFoundException' })).toBe(1)
  await auth.confirmSignIn({ challengeResponse: totpCode(server) })
  expect(await auth.fetchDevices()).toHaveLength(1)
  await auth.forgetDevice()
  expect(await auth.fetchDevices()).toHaveLength(0)
})

test('where it is not meant to, a device proves itself besides the second factor', async () => {
  await start({})
  await signInAsGrace()
  await auth.confirmSignIn({ challengeResponse: totpCode(server) })
  await auth.signOut()
  server.requests.clear()
  server.clock.advance(60_000)
  expect((await signInAsGrace()).nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE')
  await auth.confirmSignIn({ challengeResponse: totpCode(server) })
  // PASSWORD_VERIFIER, SOFTWARE_TOKEN_MFA, DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.
  expect(server.requests.count({ operation: 'RespondToAuthChallenge', outcome: 'ok' })).toBe(4)
})
