import type {
  ForgetDeviceCommandInput,
  ListDevicesCommandInput,
  ListDevicesCommandOutput,
  UpdateDeviceStatusCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'
import { deviceVerifier } from '../../../main/cognito/device-verifier.ts'
import { createDevices } from '../../../main/cognito/devices.ts'
import {
  access,
  ana,
  challenge,
  failed,
  pendingOf,
  type Said,
  stage,
  tokens,
  verifier,
} from './sign-in-stage.ts'
import { scripted, unsignedToken, userPoolOf } from './support.ts'

const withDevice: Said = {
  AuthenticationResult: {
    ...tokens.AuthenticationResult,
    AccessToken: unsignedToken({ username: 'real-name' }),
    NewDeviceMetadata: { DeviceKey: 'eu-west-1_key', DeviceGroupKey: '-group' },
  },
}
const device = {
  key: 'eu-west-1_old',
  groupKey: '-group',
  password: 'device-password',
  username: 'real-name',
  loginId: ana.username,
}

describe('a device that Cognito issues with the tokens', () => {
  it('is registered with a verifier, and comes with what proves it next time', async () => {
    const { issuer, registered } = stage({ initiate: [verifier], respond: [withDevice], confirmDevice: [{}] })
    const result = await issuer.signIn(access(), ana)
    const expected = deviceVerifier('-group', 'eu-west-1_key', (size) => new Uint8Array(size).fill(3))
    expect(registered[0]).toMatchObject({
      DeviceKey: 'eu-west-1_key',
      DeviceName: 'Sesame on test',
      DeviceSecretVerifierConfig: { PasswordVerifier: expected.verifier, Salt: expected.salt },
    })
    expect(result).toMatchObject({
      value: {
        grant: {
          device: {
            key: 'eu-west-1_key',
            name: 'Sesame on test',
            needsConsent: false,
            remembered: {
              key: 'eu-west-1_key',
              groupKey: '-group',
              password: expected.password,
              username: 'real-name',
              loginId: ana.username,
            },
          },
        },
      },
    })
    expect(JSON.stringify(registered)).not.toContain(expected.password)
  })

  it('is left to the person where the pool says so', async () => {
    const { issuer } = stage({
      initiate: [verifier],
      respond: [withDevice],
      confirmDevice: [{ UserConfirmationNecessary: true }],
    })
    expect(await issuer.signIn(access(), ana)).toMatchObject({
      value: { grant: { device: { needsConsent: true } } },
    })
  })

  it('keeps its key where it could not be registered: refreshing needs it', async () => {
    const { issuer } = stage({
      initiate: [verifier],
      respond: [withDevice],
      confirmDevice: ['network.timed-out'],
    })
    expect(await issuer.signIn(access(), ana)).toMatchObject({
      ok: true,
      value: { grant: { device: { key: 'eu-west-1_key', remembered: undefined, needsConsent: false } } },
    })
  })
})

describe('a remembered device', () => {
  const srpAuth = challenge('DEVICE_SRP_AUTH', {}, 'session-2')
  const deviceVerifierAsked = challenge(
    'DEVICE_PASSWORD_VERIFIER',
    { SRP_B: 'abc123', SALT: '1f2', SECRET_BLOCK: 'AAEC', DEVICE_KEY: device.key },
    'session-3',
  )

  it('is named in every request, and proves itself in place of a second factor', async () => {
    const { issuer, initiated, responded } = stage({
      initiate: [verifier],
      respond: [srpAuth, deviceVerifierAsked, tokens],
    })
    const result = await issuer.signIn(access(), { ...ana, device })
    expect(result).toMatchObject({ value: { grant: { device: { key: device.key, remembered: undefined } } } })
    expect(initiated[0]?.AuthParameters).toMatchObject({ DEVICE_KEY: device.key })
    expect(responded.map(({ ChallengeName }) => ChallengeName)).toEqual([
      'PASSWORD_VERIFIER',
      'DEVICE_SRP_AUTH',
      'DEVICE_PASSWORD_VERIFIER',
    ])
    for (const { ChallengeResponses } of responded) {
      expect(ChallengeResponses).toMatchObject({ DEVICE_KEY: device.key, USERNAME: 'real-name' })
    }
    expect(responded[1]?.ChallengeResponses?.['SRP_A']).toMatch(/^[0-9a-f]+$/)
    expect(responded[1]?.ChallengeResponses?.['SRP_A']).toBe(initiated[0]?.AuthParameters?.['SRP_A'])
    expect(JSON.stringify([initiated, responded])).not.toContain(device.password)
  })

  it.each([
    ['at the start', ['sign-in.device-unknown', verifier], [tokens]],
    ['at its own challenge', [verifier, verifier], ['sign-in.device-unknown', tokens]],
    ['at its proof', [verifier, verifier], [srpAuth, deviceVerifierAsked, 'sign-in.wrong-password', tokens]],
  ] as [string, Said[], Said[]][])(
    'that the pool no longer knows %s is dropped, and the sign-in begun once more without it',
    async (_, initiate, respond) => {
      const { issuer, initiated } = stage({ initiate, respond })
      expect(await issuer.signIn(access(), { ...ana, device })).toMatchObject({
        ok: true,
        value: { kind: 'signed-in', droppedDevice: device.key, grant: { device: undefined } },
      })
      expect(initiated).toHaveLength(2)
      expect(JSON.stringify(initiated[1])).not.toContain(device.key)
    },
  )

  it('is dropped also where the second beginning asks something', async () => {
    const { issuer } = stage({
      initiate: ['sign-in.device-unknown', verifier],
      respond: [challenge('SOFTWARE_TOKEN_MFA')],
    })
    expect(await issuer.signIn(access(), { ...ana, device })).toMatchObject({
      value: { kind: 'challenge', droppedDevice: device.key },
    })
  })

  it('is not blamed for a wrong password', async () => {
    const { issuer, initiated } = stage({ initiate: [verifier], respond: ['sign-in.wrong-password'] })
    expect(await issuer.signIn(access(), { ...ana, device })).toMatchObject(failed('sign-in.wrong-password'))
    expect(initiated).toHaveLength(1)
  })

  it('after a step of the person says what to do where the pool no longer knows it', async () => {
    const { issuer } = stage({
      initiate: [challenge('CUSTOM_CHALLENGE')],
      respond: [srpAuth, 'sign-in.device-unknown'],
    })
    const custom = access({ signInMethod: 'custom' })
    const pending = pendingOf(await issuer.signIn(custom, { ...ana, password: '', device }))
    expect(await issuer.answer(custom, pending, { kind: 'custom', answer: 'x' })).toMatchObject(
      failed('sign-in.device-unknown'),
    )
  })
})

describe('devices of the user', () => {
  it('are listed page by page', async () => {
    const pages = scripted<ListDevicesCommandInput, Omit<ListDevicesCommandOutput, '$metadata'>>(
      {
        Devices: [
          {
            DeviceKey: 'one',
            DeviceCreateDate: new Date(1_000),
            DeviceLastAuthenticatedDate: new Date(2_000),
            DeviceAttributes: [
              { Name: 'device_status', Value: 'valid' },
              { Name: 'device_name', Value: 'Sesame on laptop' },
              { Name: 'last_ip_used', Value: '192.0.2.1' },
              { Name: 'dev:device_remembered_status', Value: 'remembered' },
            ],
          },
          {},
        ],
        PaginationToken: 'more',
      },
      { Devices: [{ DeviceKey: 'two' }] },
    )
    const devices = createDevices(() => Promise.resolve(userPoolOf({ listDevices: pages.operation })))
    expect(await devices.listDevices(access(), 'access-token')).toEqual({
      ok: true,
      value: [
        {
          key: 'one',
          name: 'Sesame on laptop',
          lastAddress: '192.0.2.1',
          createdAt: 1_000,
          lastSeenAt: 2_000,
          remembered: true,
        },
        { key: 'two' },
      ],
    })
    expect(pages.asked.map(({ PaginationToken }) => PaginationToken)).toEqual([undefined, 'more'])
  })

  it('of a pool that tracks none are none', async () => {
    const pages = scripted<ListDevicesCommandInput, object>('config.pool-settings')
    const devices = createDevices(() => Promise.resolve(userPoolOf({ listDevices: pages.operation })))
    expect(await devices.listDevices(access(), 'access-token')).toEqual({ ok: true, value: [] })
  })

  it('are remembered, not remembered and forgotten by their key', async () => {
    const update = scripted<UpdateDeviceStatusCommandInput, object>({}, {})
    const forget = scripted<ForgetDeviceCommandInput, object>({}, 'device.not-remembered')
    const devices = createDevices(() =>
      Promise.resolve(userPoolOf({ updateDeviceStatus: update.operation, forgetDevice: forget.operation })),
    )
    await devices.rememberDevice(access(), 'token', 'key', true)
    await devices.rememberDevice(access(), 'token', 'key', false)
    expect(update.asked.map(({ DeviceRememberedStatus }) => DeviceRememberedStatus)).toEqual([
      'remembered',
      'not_remembered',
    ])
    expect(await devices.forgetDevice(access(), 'token', 'key')).toEqual({ ok: true, value: undefined })
    expect(await devices.forgetDevice(access(), 'token', 'key')).toMatchObject(
      failed('device.not-remembered'),
    )
    expect(forget.asked[0]).toEqual({ AccessToken: 'token', DeviceKey: 'key' })
  })
})
