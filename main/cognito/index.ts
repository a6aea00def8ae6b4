// The door to Amazon: the two ports of sessions/ports.ts, implemented. Everything else in this folder is its own affair.
import { randomBytes as systemRandomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { ok } from '../failure.ts'
import { issuerOf } from '../profiles/profile.ts'
import type { Clock, CredentialsSource, Issuer } from '../sessions/ports.ts'
import { anonymousSts, identityPools, userPools } from './clients.ts'
import { createDevices } from './devices.ts'
import { fetchCredentials } from './identity-pool.ts'
import { countKeys, issuerKeys } from './jwks.ts'
import { createManagedLogin } from './managed-login/index.ts'
import { refresh } from './refresh.ts'
import { createSignIn } from './sign-in.ts'
import { globalSignOut, revoke } from './sign-out.ts'
import type { RandomBytes } from './srp.ts'
import { callerIdentity } from './sts.ts'
import { verifyToken } from './verify.ts'

/**
 * The user pools. Nothing is loaded or connected before the first call.
 *
 * @param random cryptographic randomness for SRP; node:crypto's unless a test needs to repeat itself.
 * @param deviceName what a pool's list of remembered devices calls this machine.
 */
export const createIssuer = ({
  clock,
  random = systemRandomBytes,
  deviceName = `Sesame on ${hostname()}`,
}: {
  clock: Clock
  random?: RandomBytes
  deviceName?: string
}): Issuer => {
  const userPool = userPools(clock)
  const keysOf = issuerKeys()
  return {
    ...createSignIn({ clock, randomBytes: random, deviceName, userPool }),
    ...createDevices(userPool),
    ...createManagedLogin(clock),
    refresh: (access, record) => refresh(userPool, clock, access, record),
    revoke: (access, refreshToken) => revoke(userPool, access, refreshToken),
    globalSignOut: (access, accessToken) => globalSignOut(userPool, access, accessToken),
    verify: ({ profile }, kind, token, clockOffsetMs) =>
      verifyToken(keysOf, clock, profile, { kind, clockOffsetMs }, token),
    check: async (profile) => {
      const issuer = issuerOf(profile)
      const keys = await countKeys(issuer)
      return keys.ok ? ok({ issuer, keys: keys.value }) : keys
    },
  }
}

/** Identity pools and STS. Nothing is loaded or connected before the first call. */
export const createCredentialsSource = ({ clock }: { clock: Clock }): CredentialsSource => {
  const services = { identityPool: identityPools(clock), sts: anonymousSts(clock) }
  return {
    fetch: (profile, input) => fetchCredentials(services, clock, profile, input),
    callerIdentity: (profile, credentials) => callerIdentity(clock, profile, credentials),
  }
}
