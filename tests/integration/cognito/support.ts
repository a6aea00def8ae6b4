// What the tests against servers share: the two ports as the application makes them, and shorthands for their answers.
import { createCredentialsSource, createIssuer } from '../../../main/cognito/index.ts'
import type { Result } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { Clock, PoolAccess, SignInProgress, TokenGrant } from '../../../main/sessions/ports.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'
import { profileOf, recordOf, systemClock } from '../../unit/cognito/support.ts'

export const portsOf = (clock: Clock = systemClock) => ({
  issuer: createIssuer({ clock }),
  source: createCredentialsSource({ clock }),
})

export const accessTo = (
  url: string,
  changes: Partial<Profile>,
  clientSecret?: string,
): PoolAccess & { profile: Profile } => ({
  profile: profileOf({
    hasClientSecret: clientSecret !== undefined,
    endpoints: { userPool: url, identityPool: url, sts: url },
    ...changes,
  }),
  clientSecret,
})

/** The value of a result that has to be one. */
export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.failure)}`)
  return result.value
}

/** The grant of a sign-in that has to be over. */
export const grantOf = (result: Result<SignInProgress>): TokenGrant => {
  const progress = valueOf(result)
  if (progress.kind !== 'signed-in') throw new Error(`expected tokens, got ${JSON.stringify(progress)}`)
  return progress.grant
}

export const pendingOf = (result: Result<SignInProgress>) => {
  const progress = valueOf(result)
  if (progress.kind !== 'challenge') throw new Error('expected a challenge')
  return progress.pending
}

/** The record that sessions would keep of a grant. */
export const keep = ({ tokens }: TokenGrant, changes: Partial<SessionRecord> = {}): SessionRecord =>
  recordOf({ tokens, ...changes })
