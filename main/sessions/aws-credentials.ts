// Owns AWS credentials of a session: kept until shortly before their end, fetched once however many ask, and never handed to
// whoever signed in meanwhile. How they are obtained is the credentials source's affair.
import { type Failure, fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import { credentialsRenewAt } from './lifetimes.ts'
import type { CallerIdentity, Clock, CredentialsGrant, CredentialsSource } from './ports.ts'
import type { HeldCredentials, LiveSession } from './state.ts'
import type { Tokens } from './tokens.ts'
import { isEndedCode, isPassing } from './verdicts.ts'

export interface CredentialsDesk {
  readonly get: (profileId: string, options: { forceRefresh: boolean }) => Promise<Result<CredentialsGrant>>
  readonly test: (profileId: string) => Promise<Result<CallerIdentity>>
}

export interface CredentialsDeskOptions {
  readonly book: Book
  readonly tokens: Tokens
  readonly source: CredentialsSource
  readonly activity: ActivityLog
  readonly clock: Clock
}

interface Fetching {
  readonly key: string
  readonly result: Promise<Result<HeldCredentials>>
}

const wayOf = ({ credentialsFlow = 'enhanced', credentialsSeconds }: Profile): string =>
  credentialsFlow === 'enhanced' ? credentialsFlow : `${credentialsFlow} ${credentialsSeconds ?? ''}`

const isFor = (held: HeldCredentials, profile: Profile): boolean =>
  held.identityPoolId === profile.identityPoolId &&
  held.askedRoleArn === profile.roleArn &&
  held.askedWay === wayOf(profile)

/** The identity pool did not like the token; a refreshed one may do, or show that the session is over. */
const needsFreshToken = ({ code }: Failure): boolean =>
  code === 'credentials.token-expired' || isEndedCode(code)

const grantOf = ({ credentials, identityId }: HeldCredentials): CredentialsGrant => ({
  credentials,
  identityId,
})

export const createCredentialsDesk = (options: CredentialsDeskOptions): CredentialsDesk => {
  const { book, tokens, source, activity, clock } = options
  const fetching = new Map<string, Fetching>()

  const ask = (profile: Profile, session: LiveSession): Promise<Result<CredentialsGrant>> =>
    source.fetch(profile, {
      idToken: session.record.tokens.idToken,
      roleArn: profile.roleArn,
      identityId: session.credentials?.identityId ?? session.record.identityId,
    })

  const askTwice = async (
    entry: Entry,
    profile: Profile,
  ): Promise<Result<{ grant: CredentialsGrant; session: LiveSession }>> => {
    const first = await tokens.ensure(entry.id)
    if (!first.ok) return first
    const answer = await ask(profile, first.value)
    if (answer.ok) return ok({ grant: answer.value, session: first.value })
    if (!needsFreshToken(answer.failure)) return answer
    const second = await tokens.ensure(entry.id, { forceRefresh: true })
    if (!second.ok) return second
    const again = await ask(profile, second.value)
    return again.ok ? ok({ grant: again.value, session: second.value }) : again
  }

  const fetch = async (entry: Entry, identityPoolId: string): Promise<Result<HeldCredentials>> => {
    const { profile } = entry
    const startedAt = clock.monotonic()
    const asked = await askTwice(entry, profile)
    const durationMs = clock.monotonic() - startedAt
    if (!asked.ok) {
      const { failure } = asked
      activity.add(entry.id, {
        kind: 'credentials-failed',
        durationMs,
        requestId: failure.requestId,
        failure,
      })
      return asked
    }
    const { grant, session } = asked.value
    // By the server's clock, as Expiration is.
    const obtainedAt = clock.now() + session.offsetMs
    const held: HeldCredentials = {
      credentials: Object.freeze({ ...grant.credentials, obtainedAt }),
      identityId: grant.identityId,
      identityPoolId,
      askedRoleArn: profile.roleArn,
      askedWay: wayOf(profile),
      renewAt: credentialsRenewAt(obtainedAt, grant.credentials.expiresAt),
    }
    if (!isFor(held, entry.profile)) return fail('session.superseded')
    const isKept = book.apply(entry.id, { kind: 'credentials-issued', origin: session.origin, held })
    if (!isKept) return fail('session.superseded')
    activity.add(entry.id, {
      kind: 'credentials-issued',
      durationMs,
      requestId: grant.requestId,
      detail: grant.credentials.roleArn,
    })
    return ok(held)
  }

  const fetchOnce = (entry: Entry, identityPoolId: string): Promise<Result<HeldCredentials>> => {
    const origin = entry.state.status === 'live' ? entry.state.session.origin : 0
    const key = JSON.stringify([origin, identityPoolId, entry.profile.roleArn, wayOf(entry.profile)])
    const underWay = fetching.get(entry.id)
    if (underWay?.key === key) return underWay.result
    const result = fetch(entry, identityPoolId).finally(() => {
      if (fetching.get(entry.id)?.result === result) fetching.delete(entry.id)
    })
    fetching.set(entry.id, { key, result })
    return result
  }

  const get: CredentialsDesk['get'] = async (profileId, { forceRefresh }) => {
    const entry = book.get(profileId)
    if (entry === undefined) return fail('profile.not-found')
    const { identityPoolId } = entry.profile
    if (identityPoolId === undefined) return fail('credentials.no-identity-pool')

    const { state } = entry
    const session = state.status === 'live' ? state.session : undefined
    const kept = session?.credentials
    const held = kept !== undefined && isFor(kept, entry.profile) ? kept : undefined
    const serverNow = (): number => clock.now() + (session?.offsetMs ?? 0)
    if (held !== undefined && !forceRefresh && serverNow() < held.renewAt) return ok(grantOf(held))

    const fetched = await fetchOnce(entry, identityPoolId)
    if (fetched.ok) return ok(grantOf(fetched.value))
    const isStillGood =
      held !== undefined &&
      serverNow() < held.credentials.expiresAt &&
      entry.state.status === 'live' &&
      entry.state.session.credentials === held
    return isStillGood && !forceRefresh && isPassing(fetched.failure.code) ? ok(grantOf(held)) : fetched
  }

  return {
    get,
    async test(profileId) {
      const got = await get(profileId, { forceRefresh: false })
      const entry = book.get(profileId)
      if (!got.ok) return got
      if (entry === undefined) return fail('profile.not-found')
      const startedAt = clock.monotonic()
      const answer = await source.callerIdentity(entry.profile, got.value.credentials)
      activity.add(profileId, {
        kind: 'tested',
        durationMs: clock.monotonic() - startedAt,
        ...(answer.ok
          ? { detail: answer.value.arn, requestId: answer.value.requestId }
          : { failure: answer.failure, requestId: answer.failure.requestId }),
      })
      if (!answer.ok) return answer
      const { requestId: _, ...identity } = answer.value
      return ok(identity)
    },
  }
}
