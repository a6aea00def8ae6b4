// Device tracking as amazon-cognito-identity-js and aws-amplify go about it: they do the SRP of the device, not we.
import {
  ConfirmDeviceCommand,
  GetDeviceCommand,
  ListDevicesCommand,
  UpdateDeviceStatusCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoUserSession } from 'amazon-cognito-identity-js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeviceTracking } from '../../cognito-server/config.ts'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { acijAsk, acijCall, acijSendTotp, acijSession, acijSignIn, acijUser, memoryStorage } from './acij.ts'
import {
  passwordSignIn,
  pool,
  presentTokens,
  refresh,
  refreshByFlow,
  refusal,
  startStrict,
  totpCode,
  userPoolClient,
} from './kit.ts'

let server: CognitoServer
const restart = async (deviceTracking: Partial<DeviceTracking>) => {
  server = await startStrict({ pools: [{ ...pool, deviceTracking }], identityPools: [] })
}
const ALWAYS = { challengeRequiredOnNewDevice: true }
beforeEach(() => restart(ALWAYS))
afterEach(() => server.close())

/** Grace, who has a second factor, on a device that is used again and again. */
function graceAtHome() {
  const Storage = memoryStorage()
  const person = () => acijUser(server, 'grace', 'public', { Storage })
  const deviceKey = () => [...Storage.items].find(([name]) => name.endsWith('.deviceKey'))?.[1] ?? ''
  return { person, deviceKey, Storage }
}

/** Signs in with a TOTP code that has not been used before. */
async function signInWithTotp(user: ReturnType<typeof acijUser>) {
  expect((await acijSignIn(user)).kind).toBe('totp')
  server.clock.advance(60_000)
  const result = await acijSendTotp(user, totpCode(server))
  if (result.kind !== 'session') throw new Error(result.kind)
  return result
}

describe('amazon-cognito-identity-js', () => {
  test('a remembered device proves itself instead of a second factor', async () => {
    const { person, deviceKey } = graceAtHome()
    const { asksToRemember } = await signInWithTotp(person())
    expect(asksToRemember).toBe(false)
    expect(deviceKey()).toMatch(/^eu-west-1_[0-9a-f-]{36}$/)
    acijSession(await acijSignIn(person()))
    expect(server.requests.count({ operation: 'ConfirmDevice', outcome: 'ok' })).toBe(1)
    expect((await acijSignIn(acijUser(server, 'grace'))).kind).toBe('totp')
  })

  test('four devices, each with a salt and verifier of its own, all prove themselves', async () => {
    for (let i = 0; i < 4; i++) {
      const Storage = memoryStorage()
      const ada = () => acijUser(server, 'ada', 'public', { Storage })
      acijSession(await acijSignIn(ada()))
      acijSession(await acijSignIn(ada()))
    }
    const { AccessToken } = presentTokens((await passwordSignIn(server)).AuthenticationResult)
    const { Devices } = await userPoolClient(server).send(new ListDevicesCommand({ AccessToken }))
    expect(Devices).toHaveLength(4)
  })

  test('a device password that is not the right one is refused', async () => {
    const { person, Storage } = graceAtHome()
    await signInWithTotp(person())
    for (const name of Storage.items.keys()) {
      if (name.endsWith('.randomPasswordKey')) Storage.items.set(name, 'another')
    }
    expect(await refusal(acijSignIn(person()))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    )
  })

  test('where the person is asked, only a device they said yes for is remembered', async () => {
    await server.close()
    await restart({ ...ALWAYS, deviceOnlyRememberedOnUserPrompt: true })
    const { person } = graceAtHome()
    const first = person()
    expect((await signInWithTotp(first)).asksToRemember).toBe(true)
    const second = person()
    await signInWithTotp(second)
    expect(await acijAsk((call) => second.setDeviceStatusRemembered(call))).toBe('SUCCESS')
    const third = person()
    acijSession(await acijSignIn(third))
    await acijAsk((call) => third.setDeviceStatusNotRemembered(call))
    expect((await acijSignIn(person())).kind).toBe('totp')
  })

  test('a forgotten device is dropped on the way in, and a new one comes of it', async () => {
    const { person, deviceKey } = graceAtHome()
    const user = person()
    await signInWithTotp(user)
    const before = deviceKey()
    await acijAsk((call) => user.forgetSpecificDevice(before, call))
    server.requests.clear()
    await signInWithTotp(person())
    expect(deviceKey()).not.toBe(before)
    expect(server.requests.count({ outcome: 'ResourceNotFoundException' })).toBe(1)
  })

  test('refreshing names the device, and a forgotten one cannot refresh', async () => {
    const { person } = graceAtHome()
    const user = person()
    const { session } = await signInWithTotp(user)
    const refreshToken = session.getRefreshToken()
    const renewed = await acijCall<CognitoUserSession>((done) => user.refreshSession(refreshToken, done))
    expect(renewed?.isValid()).toBe(true)
    expect(await refusal(refreshByFlow(server, refreshToken.getToken()))).toBe(
      'NotAuthorizedException: Invalid Refresh Token',
    )
    await acijAsk((call) => user.forgetDevice(call))
    const late = acijCall((done) => user.refreshSession(refreshToken, done))
    expect(await refusal(late)).toMatch(/Invalid Refresh Token/)
  })

  test('reads and lists the devices it has confirmed', async () => {
    const { person, deviceKey } = graceAtHome()
    const user = person()
    await signInWithTotp(user)
    // Typed as a string, it is the whole answer.
    const read = await acijAsk<unknown>((call) => user.getDevice(call))
    expect(read).toMatchObject({ Device: { DeviceKey: deviceKey() } })
    const list = await acijAsk<{ Devices: unknown[] }>((call) => user.listDevices(10, null, call))
    expect(list.Devices).toHaveLength(1)
  })
})

describe('on the wire', () => {
  const newDevice = async () => {
    const { AuthenticationResult } = await passwordSignIn(server)
    const { DeviceKey = '', DeviceGroupKey } = AuthenticationResult?.NewDeviceMetadata ?? {}
    expect(DeviceGroupKey).toMatch(/^-.{8}$/)
    return { DeviceKey, ...presentTokens(AuthenticationResult) }
  }
  const confirm = (
    AccessToken: string,
    DeviceKey: string,
    { Salt = Buffer.from([1, 2, 3]), PasswordVerifier = Buffer.from([4, 5, 6]) } = {},
  ) =>
    userPoolClient(server).send(
      new ConfirmDeviceCommand({
        AccessToken,
        DeviceKey,
        DeviceName: 'A desk',
        DeviceSecretVerifierConfig: {
          Salt: Salt.toString('base64'),
          PasswordVerifier: PasswordVerifier.toString('base64'),
        },
      }),
    )

  test('a device is confirmed once, by the sign-in it was given to, with padded numbers', async () => {
    const [first, second] = [await newDevice(), await newDevice()]
    expect(await refusal(confirm(second.AccessToken, first.DeviceKey))).toBe(
      'InvalidParameterException: Invalid device key given.',
    )
    const unpadded = { PasswordVerifier: Buffer.from([0x80, 1]) }
    expect(await refusal(confirm(first.AccessToken, first.DeviceKey, unpadded))).toMatch(
      /^InvalidParameterException/,
    )
    const { UserConfirmationNecessary } = await confirm(first.AccessToken, first.DeviceKey)
    expect(UserConfirmationNecessary).toBe(false)
    expect(await refusal(confirm(first.AccessToken, first.DeviceKey))).toMatch(/Invalid device key/)
  })

  test('a key that was never confirmed refreshes, is not listed, and is replaced at the next sign-in', async () => {
    const { DeviceKey, RefreshToken, AccessToken } = await newDevice()
    const client = userPoolClient(server)
    expect(await refusal(refresh(server, RefreshToken))).toMatch(/Invalid Refresh Token/)
    presentTokens({
      ...(await refresh(server, RefreshToken, { deviceKey: DeviceKey })).AuthenticationResult,
      RefreshToken,
    })
    expect((await client.send(new ListDevicesCommand({ AccessToken }))).Devices).toEqual([])
    const again = await passwordSignIn(server, { deviceKey: DeviceKey })
    expect(again.AuthenticationResult?.NewDeviceMetadata?.DeviceKey).not.toBe(DeviceKey)
  })

  test('lists page by page and describes a device', async () => {
    const { AccessToken, DeviceKey } = await newDevice()
    await confirm(AccessToken, DeviceKey)
    for (const more of [await newDevice(), await newDevice()]) await confirm(more.AccessToken, more.DeviceKey)
    const client = userPoolClient(server)
    const first = await client.send(new ListDevicesCommand({ AccessToken, Limit: 2 }))
    expect(first.Devices).toHaveLength(2)
    const rest = await client.send(
      new ListDevicesCommand({ AccessToken, Limit: 2, PaginationToken: first.PaginationToken }),
    )
    expect(rest.Devices).toHaveLength(1)
    expect(rest.PaginationToken).toBeUndefined()
    const { Device } = await client.send(new GetDeviceCommand({ AccessToken, DeviceKey }))
    expect(Device?.DeviceAttributes).toContainEqual({ Name: 'device_name', Value: 'A desk' })
    expect(Device?.DeviceCreateDate?.getTime()).toBe(server.clock.now())
  })

  test('a device that is not there does not exist, whatever is asked', async () => {
    const { AccessToken } = await newDevice()
    const client = userPoolClient(server)
    const unknown = { AccessToken, DeviceKey: 'eu-west-1_none' }
    const update = new UpdateDeviceStatusCommand({ ...unknown, DeviceRememberedStatus: 'remembered' })
    for (const asked of [client.send(new GetDeviceCommand(unknown)), client.send(update)]) {
      expect(await refusal(asked)).toBe('ResourceNotFoundException: Device does not exist.')
    }
    const signIn = passwordSignIn(server, { deviceKey: 'eu-west-1_none' })
    expect(await refusal(signIn)).toBe('ResourceNotFoundException: Device does not exist.')
  })

  test('a pool that tracks no devices hands out no keys and confirms none', async () => {
    await using plain = await startStrict({ pools: [pool], identityPools: [] })
    const { AuthenticationResult } = await passwordSignIn(plain)
    expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata')
    const { AccessToken } = presentTokens(AuthenticationResult)
    const asked = userPoolClient(plain).send(new ConfirmDeviceCommand({ AccessToken, DeviceKey: 'any' }))
    expect(await refusal(asked)).toMatch(/^InvalidUserPoolConfigurationException/)
  })
})
