// Owns the devices of a pool's users: keys handed out, verifiers that came back, which are remembered and what that is
// worth. Source: user pool guide, "Working with user devices". Knows nothing of tokens or HTTP.
import type { DeviceTracking } from './config.ts'
import { deviceNotFound } from './errors.ts'
import type { DeviceRole } from './next-step.ts'
import type { UserPool } from './pool.ts'
import { type RandomSource, randomUuid } from './random.ts'
import type { SrpVerifier } from './srp.ts'
import type { User } from './users.ts'

/** Times are milliseconds since the epoch. */
export interface Device {
  readonly key: string
  /** What SRP calls the pool when it is the device that proves itself. */
  readonly groupKey: string
  readonly sub: string
  readonly createdAt: number
  modifiedAt: number
  authenticatedAt: number
  name?: string
  /** Missing until ConfirmDevice brings it. */
  verifier?: SrpVerifier
  isRemembered: boolean
}

/** All devices of one user pool. */
export class Devices {
  readonly #region: string
  readonly #random: RandomSource
  readonly #devices = new Map<string, Device>()

  constructor(region: string, random: RandomSource) {
    this.#region = region
    this.#random = random
  }

  /** A key for a device that has not signed in before. */
  issue(sub: string, now: number): Device {
    const device: Device = {
      key: `${this.#region}_${randomUuid(this.#random)}`,
      groupKey: `-${this.#random(6).toString('base64url')}`,
      sub,
      createdAt: now,
      modifiedAt: now,
      authenticatedAt: now,
      isRemembered: false,
    }
    this.#devices.set(device.key, device)
    return device
  }

  /** The user's own device of that key, confirmed or not. */
  find(sub: string, key: string | undefined): Device | undefined {
    const device = this.#devices.get(key ?? '')
    return device?.sub === sub ? device : undefined
  }

  /** The confirmed devices of a user, oldest first. */
  listOf(sub: string): Device[] {
    return [...this.#devices.values()].filter((device) => device.sub === sub && device.verifier !== undefined)
  }

  forget(device: Device): void {
    this.#devices.delete(device.key)
  }

  forgetAllOf(sub: string): void {
    for (const device of this.#devices.values()) if (device.sub === sub) this.forget(device)
  }
}

/** The device a request names; ResourceNotFoundException where the user has none of that key. */
export function requireKnownDevice(
  pool: UserPool,
  user: User,
  deviceKey: string | undefined,
): Device | undefined {
  if (deviceKey === undefined) return undefined
  const device = pool.devices.find(user.sub, deviceKey)
  if (device === undefined) throw deviceNotFound()
  return device
}

/** ChallengeRequiredOnNewDevice makes a remembered device stand for the second factor. */
export function deviceRole(tracking: DeviceTracking | undefined, device: Device | undefined): DeviceRole {
  if (tracking === undefined || device?.verifier === undefined || !device.isRemembered) return 'none'
  return tracking.challengeRequiredOnNewDevice ? 'instead-of-mfa' : 'besides-mfa'
}
