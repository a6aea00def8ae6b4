// Owns the way from a proven first factor to tokens: who may go on, and what tokens and device a sign-in ends with.
import { askFor } from './announcements.ts'
import type { AuthAnswer, AuthContext } from './auth-context.ts'
import { deviceRole, requireKnownDevice } from './devices.ts'
import { passwordResetRequired, userDisabled, userNotConfirmed } from './errors.ts'
import { nextStep } from './next-step.ts'
import type { Passed } from './sessions.ts'
import { mintTokens } from './tokens.ts'
import type { User } from './users.ts'

/** Refuses users who proved who they are but are disabled, or whose next step is confirming or resetting. */
export function assertMaySignIn(user: User): void {
  if (user.disabled) throw userDisabled()
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed()
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
}

/** Goes on with a user whose last challenge was passed: the next challenge, or tokens. */
export async function continueSignIn(
  context: AuthContext,
  user: User,
  news: Partial<Passed> = {},
): Promise<AuthAnswer> {
  assertMaySignIn(user)
  const { pool, deviceKey } = context
  const device = requireKnownDevice(pool, user, deviceKey)
  const passed = { ...context.passed, ...news }
  const step = nextStep(user, pool.mfa, passed, deviceRole(pool.deviceTracking, device))
  if (step !== 'tokens') return askFor({ ...context, passed }, user, step)
  return { ChallengeParameters: {}, AuthenticationResult: await startSignIn(context, user) }
}

/**
 * Opens a refresh token chain and signs its first tokens. Where the pool tracks devices the chain belongs to one: to the
 * device that signed in, or to a new one that the result names.
 */
export async function startSignIn(context: AuthContext, user: User): Promise<Record<string, unknown>> {
  const { world, pool, client, deviceKey } = context
  const now = world.clock.now()
  const known = pool.devices.find(user.sub, deviceKey)
  const isNew = pool.deviceTracking !== undefined && known?.verifier === undefined
  const device = isNew ? pool.devices.issue(user.sub, now) : known
  if (known !== undefined) known.authenticatedAt = now
  const { chain, refreshToken } = pool.refreshTokens.open(
    {
      sub: user.sub,
      clientId: client.id,
      lifetimeSeconds: client.refreshTokenSeconds,
      ...(pool.deviceTracking !== undefined && device !== undefined && { deviceKey: device.key }),
    },
    now,
  )
  return {
    ...(await mintTokens(world, { pool, client, user, chain })),
    RefreshToken: refreshToken,
    ...(isNew && { NewDeviceMetadata: { DeviceKey: device?.key, DeviceGroupKey: device?.groupKey } }),
  }
}
