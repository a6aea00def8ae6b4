// Owns remembered devices at Cognito: registering the one just issued, saying whether it is remembered, listing and forgetting.
// Refuses to know where a device is kept (sessions/).
import type {
  AuthenticationResultType,
  DeviceType,
  NewDeviceMetadataType,
} from '@aws-sdk/client-cognito-identity-provider'
import { type Failure, ok, type Result } from '../failure.ts'
import type { DeviceGrant, DeviceIssuer, KnownDevice, PoolAccess } from '../sessions/ports.ts'
import { deviceVerifier } from './device-verifier.ts'
import { type Endpoint, userPoolEndpoint } from './endpoints.ts'
import type { RandomBytes } from './srp.ts'
import { usernameIn } from './tokens.ts'
import type { UserPoolApi } from './user-pool.ts'

interface Registration {
  readonly pool: UserPoolApi
  readonly randomBytes: RandomBytes
  /** What the list of devices calls it. */
  readonly deviceName: string
  /** What the person typed. */
  readonly loginId: string
}

/**
 * ConfirmDevice for a device that Cognito has just issued. Never fails the sign-in: without a confirmation the key alone is kept,
 * since refreshing needs it.
 */
export const registerDevice = async (
  { pool, randomBytes, deviceName, loginId }: Registration,
  { DeviceKey: key, DeviceGroupKey: groupKey }: NewDeviceMetadataType,
  { AccessToken }: AuthenticationResultType,
): Promise<DeviceGrant | undefined> => {
  if (!key) return undefined
  const unconfirmed: DeviceGrant = { key, name: deviceName, remembered: undefined, needsConsent: false }
  if (!groupKey || !AccessToken) return unconfirmed
  const { password, verifier, salt } = deviceVerifier(groupKey, key, randomBytes)
  const confirmed = await pool.confirmDevice({
    AccessToken,
    DeviceKey: key,
    DeviceName: deviceName,
    DeviceSecretVerifierConfig: { PasswordVerifier: verifier, Salt: salt },
  })
  if (!confirmed.ok) return unconfirmed
  return {
    key,
    name: deviceName,
    remembered: { key, groupKey, password, username: usernameIn(AccessToken) ?? loginId, loginId },
    needsConsent: confirmed.value.value.UserConfirmationNecessary === true,
  }
}

const knownDevice = ({
  DeviceKey,
  DeviceAttributes = [],
  DeviceCreateDate,
  DeviceLastAuthenticatedDate,
}: DeviceType): KnownDevice[] => {
  if (!DeviceKey) return []
  const attributes = new Map(DeviceAttributes.map(({ Name, Value }) => [Name, Value]))
  const status = attributes.get('dev:device_remembered_status')
  return [
    {
      key: DeviceKey,
      name: attributes.get('device_name'),
      lastAddress: attributes.get('last_ip_used'),
      createdAt: DeviceCreateDate?.getTime(),
      lastSeenAt: DeviceLastAuthenticatedDate?.getTime(),
      remembered: status === undefined ? undefined : status === 'remembered',
    },
  ]
}

/** More than this nobody reads; Cognito gives at most 60 at a time. */
const mostPages = 5
const pageSize = 60

/** A user pool without device tracking answers with an error of configuration; for a person that is an empty list. */
const meansNone = ({ code }: Failure): boolean => code === 'config.pool-settings'

export const createDevices = (userPool: (endpoint: Endpoint) => Promise<UserPoolApi>): DeviceIssuer => {
  const poolOf = ({ profile }: PoolAccess): Promise<UserPoolApi> => userPool(userPoolEndpoint(profile))
  return {
    async rememberDevice(access, accessToken, deviceKey, remember) {
      const pool = await poolOf(access)
      const answer = await pool.updateDeviceStatus({
        AccessToken: accessToken,
        DeviceKey: deviceKey,
        DeviceRememberedStatus: remember ? 'remembered' : 'not_remembered',
      })
      return answer.ok ? ok(undefined) : answer
    },

    async listDevices(access, accessToken): Promise<Result<readonly KnownDevice[]>> {
      const pool = await poolOf(access)
      const devices: KnownDevice[] = []
      let next: string | undefined
      for (let page = 0; page < mostPages; page += 1) {
        const answer = await pool.listDevices({
          AccessToken: accessToken,
          Limit: pageSize,
          PaginationToken: next,
        })
        if (!answer.ok) return meansNone(answer.failure) ? ok([]) : answer
        devices.push(...(answer.value.value.Devices ?? []).flatMap(knownDevice))
        next = answer.value.value.PaginationToken
        if (next === undefined) break
      }
      return ok(devices)
    },

    async forgetDevice(access, accessToken, deviceKey) {
      const pool = await poolOf(access)
      const answer = await pool.forgetDevice({ AccessToken: accessToken, DeviceKey: deviceKey })
      return answer.ok ? ok(undefined) : answer
    },
  }
}
