// Owns the devices that pools remember for this machine: found when their user signs in, kept beyond the session, listed and
// forgotten. What a device proves and how is the issuer's affair.
import type { DeviceView } from '../../preload/views.ts'
import { fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Book } from './book.ts'
import type { OpenPool } from './pool-access.ts'
import type { Issuer, SessionVault } from './ports.ts'
import type { RememberedDevice } from './session.ts'
import type { Tokens } from './tokens.ts'

/** Users of one profile whose devices are kept; the oldest goes. */
const usersAtMost = 10

export interface Devices {
  /** The device of this user, by the user's own name or what was typed. None while the vault cannot be read. */
  readonly find: (profile: Profile, loginId: string) => Promise<RememberedDevice | undefined>
  readonly keep: (profile: Profile, device: RememberedDevice) => Promise<void>
  readonly drop: (profile: Profile, deviceKey: string) => Promise<void>
  /** The profile is gone, or speaks to another app client now. */
  readonly forgetAll: (profileId: string) => Promise<void>
  /** The profile's storage is another one now. */
  readonly move: (before: Profile, after: Profile) => Promise<void>

  readonly list: (profileId: string) => Promise<Result<DeviceView[]>>
  /** Takes back a "no" at the sign-in: the device may stand for a second factor from now on. */
  readonly remember: (profileId: string, deviceKey: string) => Promise<Result<void>>
  readonly forget: (profileId: string, deviceKey: string) => Promise<Result<void>>
}

export interface DevicesOptions {
  readonly book: Book
  readonly vault: SessionVault
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly tokens: Tokens
}

export const createDevices = ({ book, vault, issuer, openPool, tokens }: DevicesOptions): Devices => {
  const read = async (profile: Profile): Promise<readonly RememberedDevice[]> => {
    const stored = await vault.readDevices(profile)
    return stored.kind === 'found' ? stored.value : []
  }

  const change = async (
    profile: Profile,
    next: (devices: readonly RememberedDevice[]) => readonly RememberedDevice[],
  ): Promise<void> => {
    const stored = await vault.readDevices(profile)
    // What cannot be read is not overwritten: the device is new again at the next sign-in, and the others stay.
    if (stored.kind === 'unavailable') return
    const before = stored.kind === 'found' ? stored.value : []
    const after = next(before)
    if (after.length > 0) await vault.writeDevices(profile, after)
    else if (before.length > 0) await vault.removeDevices(profile.id)
  }

  const drop = (profile: Profile, deviceKey: string): Promise<void> =>
    change(profile, (devices) => devices.filter(({ key }) => key !== deviceKey))

  const signedIn = async (profileId: string) => {
    const session = await tokens.ensure(profileId)
    if (!session.ok) return session
    const { profile } = book.get(profileId) ?? {}
    const access = profile && (await openPool(profile))
    if (access === undefined) return fail('profile.not-found')
    return access.ok ? ok({ access: access.value, record: session.value.record }) : access
  }

  return {
    async find(profile, loginId) {
      const devices = await read(profile)
      return devices.find((device) => device.loginId === loginId || device.username === loginId)
    },
    keep: (profile, device) =>
      change(profile, (devices) =>
        [device, ...devices.filter(({ username }) => username !== device.username)].slice(0, usersAtMost),
      ),
    drop,
    async forgetAll(profileId) {
      await vault.removeDevices(profileId)
    },
    async move(before, after) {
      const devices = await read(before)
      if (devices.length > 0) await vault.writeDevices(after, devices)
    },

    async list(profileId) {
      const current = await signedIn(profileId)
      if (!current.ok) return current
      const { access, record } = current.value
      const listed = await issuer.listDevices(access, record.tokens.accessToken)
      if (!listed.ok) return listed
      return ok(listed.value.map((device) => ({ ...device, isThisOne: device.key === record.device?.key })))
    },
    async remember(profileId, deviceKey) {
      const current = await signedIn(profileId)
      if (!current.ok) return current
      const { access, record } = current.value
      return issuer.rememberDevice(access, record.tokens.accessToken, deviceKey, true)
    },
    async forget(profileId, deviceKey) {
      const current = await signedIn(profileId)
      if (!current.ok) return current
      const { access, record } = current.value
      const forgotten = await issuer.forgetDevice(access, record.tokens.accessToken, deviceKey)
      const isGone = forgotten.ok || forgotten.failure.code === 'device.not-remembered'
      if (isGone) await drop(access.profile, deviceKey)
      return forgotten
    },
  }
}
