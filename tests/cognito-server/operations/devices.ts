// Owns the device operations: ConfirmDevice, UpdateDeviceStatus, ListDevices, GetDevice and ForgetDevice.
import type { Device } from '../devices.ts'
import { deviceNotFound, invalidParameter, ServiceError } from '../errors.ts'
import { type Input, isRecord, optionalNumber, optionalString, requiredString } from '../input.ts'
import { N, type SrpVerifier } from '../srp.ts'
import { requireAccessToken } from '../tokens.ts'
import type { World } from '../world.ts'

/** ConfirmDevice (API reference): the verifier of a device that this very sign-in was given. */
export async function confirmDevice(world: World, input: Input): Promise<object> {
  const { pool, user, chain } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
  const key = requiredString(input, 'DeviceKey')
  if (pool.deviceTracking === undefined) {
    // [inf] The exception is documented, the sentence is not.
    throw new ServiceError(
      'InvalidUserPoolConfigurationException',
      'Device tracking is not enabled for the user pool.',
    )
  }
  const device = pool.devices.find(user.sub, key)
  if (device === undefined || chain.deviceKey !== key || device.verifier !== undefined) {
    throw invalidParameter('Invalid device key given.')
  }
  device.verifier = readVerifier(input['DeviceSecretVerifierConfig'])
  const name = optionalString(input, 'DeviceName')
  if (name !== undefined) device.name = name
  device.isRemembered = !pool.deviceTracking.deviceOnlyRememberedOnUserPrompt
  device.modifiedAt = world.clock.now()
  return { UserConfirmationNecessary: pool.deviceTracking.deviceOnlyRememberedOnUserPrompt }
}

/** Both are bytes of two's complement: a set top bit is a negative number, the mistake of who forgot to pad. */
function readVerifier(config: unknown): SrpVerifier {
  const members = isRecord(config) ? config : {}
  const salt = positiveInteger(members['Salt'])
  const verifier = positiveInteger(members['PasswordVerifier'])
  // [inf] That it is refused at this point, and how.
  if (salt === undefined || verifier === undefined || verifier >= N) {
    throw invalidParameter('Invalid device secret verifier config.')
  }
  return { salt, verifier }
}

function positiveInteger(base64: unknown): bigint | undefined {
  if (typeof base64 !== 'string' || !/^[\w+/]+={0,2}$/.test(base64)) return undefined
  const bytes = Buffer.from(base64, 'base64')
  const value = BigInt(`0x0${bytes.toString('hex')}`)
  return value > 0n && bytes.readUInt8(0) < 0x80 ? value : undefined
}

/** UpdateDeviceStatus (API reference). */
export async function updateDeviceStatus(world: World, input: Input): Promise<object> {
  const device = await requireDevice(world, input)
  const status = optionalString(input, 'DeviceRememberedStatus')
  if (status !== 'remembered' && status !== 'not_remembered') {
    throw invalidParameter(
      `1 validation error detected: Value '${status}' at 'deviceRememberedStatus' failed to satisfy constraint: Member must satisfy enum value set: [not_remembered, remembered]`,
    )
  }
  device.isRemembered = status === 'remembered'
  device.modifiedAt = world.clock.now()
  return {}
}

const MOST_PER_PAGE = 60

/** ListDevices (API reference), oldest first; the token of a page is the key it begins with. */
export async function listDevices(world: World, input: Input): Promise<object> {
  const { pool, user } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
  const limit = optionalNumber(input, 'Limit') ?? MOST_PER_PAGE
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) {
    throw invalidParameter(`Limit must be between 1 and ${MOST_PER_PAGE}`)
  }
  const devices = pool.devices.listOf(user.sub)
  const token = optionalString(input, 'PaginationToken')
  const from = token === undefined ? 0 : devices.findIndex(({ key }) => key === token)
  if (from < 0) throw invalidParameter('Invalid pagination token.')
  const next = devices[from + limit]
  return {
    Devices: devices.slice(from, from + limit).map(describe),
    ...(next !== undefined && { PaginationToken: next.key }),
  }
}

/** GetDevice (API reference). */
export async function getDevice(world: World, input: Input): Promise<object> {
  return { Device: describe(await requireDevice(world, input)) }
}

/** ForgetDevice (API reference): the device's refresh tokens are of no use from then on. */
export async function forgetDevice(world: World, input: Input): Promise<object> {
  const { pool } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
  pool.devices.forget(await requireDevice(world, input))
  return {}
}

async function requireDevice(world: World, input: Input): Promise<Device> {
  const { pool, user } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
  const device = pool.devices.find(user.sub, requiredString(input, 'DeviceKey'))
  if (device?.verifier === undefined) throw deviceNotFound()
  return device
}

/** Timestamps of AWS JSON are seconds since the epoch. */
const describe = (device: Device) => ({
  DeviceKey: device.key,
  DeviceAttributes: [
    { Name: 'device_status', Value: 'valid' },
    ...(device.name === undefined ? [] : [{ Name: 'device_name', Value: device.name }]),
    {
      Name: 'dev:device_remembered_status',
      Value: device.isRemembered ? 'remembered' : 'not_remembered',
    },
    { Name: 'last_ip_used', Value: '127.0.0.1' },
  ],
  DeviceCreateDate: device.createdAt / 1000,
  DeviceLastModifiedDate: device.modifiedAt / 1000,
  DeviceLastAuthenticatedDate: device.authenticatedAt / 1000,
})
