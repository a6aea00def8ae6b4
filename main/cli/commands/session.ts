// Owns the commands about a session at hand: whoami, claims, token, refresh, sign-out.
import type { SignOutOutcome } from '../../../preload/views.ts'
import {
  claimsViewSchema,
  emptySchema,
  listedProfileSchema,
  profileListSchema,
  signOutOutcomeSchema,
  signOutsSchema,
  tokensSchema,
} from '../../agent/answers.ts'
import { withCommand } from '../../agent/terminal-remedy.ts'
import { type Failure, fail, failure, ok, type Result } from '../../failure.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { get, post } from '../paths.ts'
import { printable, table, timeLeft } from '../table.ts'
import type { Outcome, World } from '../world.ts'

export const whoami = async (world: World, name: string): Outcome => {
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile, session } = found.value
  if (session === undefined) return fail('profile.not-available', { detail: profile.name })
  const refused = (failed: Failure): Result<never> => ({
    ok: false,
    failure: withCommand(failed, profile.name),
  })
  if (session.status === 'signed-out' || session.status === 'loading') return refused(failure('session.none'))
  if (session.status === 'ended' || session.status === 'unavailable') return refused(session.failure)
  const now = world.terminal.now()
  const { lifetimes } = session
  const json = {
    profile: profile.name,
    status: session.status,
    username: session.username,
    userId: session.userId,
    loginId: session.loginId,
    groups: session.groups,
    roles: session.roles,
    tokensExpireAt: new Date(lifetimes.tokens.expiresAt).toISOString(),
    refreshTokenExpiresAt: new Date(lifetimes.refreshToken.expiresAt).toISOString(),
  }
  const rows = [
    ['Username', session.username],
    ['User id', session.userId],
    ['Signed in as', session.loginId],
    ['Groups', session.groups.join(', ') || 'none'],
    ['Roles', session.roles.join(', ') || 'none'],
    ['Tokens', `${timeLeft(lifetimes.tokens.expiresAt, now)} left`],
    ['Refresh token', `${timeLeft(lifetimes.refreshToken.expiresAt, now)} left`],
    ...('failure' in session ? [['Trouble', session.failure.message]] : []),
  ]
  return ok({ json, text: table(rows) })
}

export const claims = async (world: World, name: string, kind: 'id' | 'access'): Outcome => {
  const got = await world.ask(claimsViewSchema, get(name, 'claims'))
  if (!got.ok) return got
  const { payload, verification } = got.value[kind]
  const rows = Object.entries(payload).map(([claim, value]) => [
    claim,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const reason = 'reason' in verification ? `: ${verification.reason}` : ''
  return ok({
    json: { kind, verification, claims: payload },
    text: `${table(rows)}Signature ${verification.kind}${printable(reason)}\n`,
  })
}

export const token = async (
  world: World,
  name: string,
  { kind, header }: { kind: 'id' | 'access'; header: boolean },
): Outcome => {
  const got = await world.ask(tokensSchema, get(name, 'tokens'))
  if (!got.ok) return got
  const raw = kind === 'id' ? got.value.idToken : got.value.accessToken
  const { expiresAt } = got.value
  return ok({
    json: {
      kind,
      token: raw,
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    },
    text: header ? `Authorization: Bearer ${raw}\n` : `${raw}\n`,
  })
}

export const refresh = async (world: World, name: string): Outcome => {
  const done = await world.ask(emptySchema, post(name, 'refresh'))
  if (!done.ok) return done
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { session, profile } = found.value
  const expiresAt =
    session !== undefined && 'lifetimes' in session ? session.lifetimes.tokens.expiresAt : undefined
  const left = expiresAt === undefined ? '' : ` Tokens: ${timeLeft(expiresAt, world.terminal.now())} left.`
  return ok({
    json: {
      profile: profile.name,
      refreshed: true,
      ...(expiresAt === undefined ? {} : { tokensExpireAt: new Date(expiresAt).toISOString() }),
    },
    text: `Refreshed.${left}\n`,
  })
}

const reachedTexts = {
  everywhere: 'signed out on all devices',
  device: 'signed out on this device',
  'device-only': 'signed out on this device only; signing out of all was refused',
  pending: 'signed out here; the rest follows when Cognito can be reached',
  'nothing-to-do': 'nobody was signed in',
} as const satisfies Record<SignOutOutcome['reached'], string>

const survives = ({ tokensValidUntil, credentialsValidUntil }: SignOutOutcome, now: number): string => {
  const parts = [
    ...(tokensValidUntil === undefined
      ? []
      : [`tokens already handed out pass for ${timeLeft(tokensValidUntil, now)}`]),
    ...(credentialsValidUntil === undefined
      ? []
      : [`AWS credentials for ${timeLeft(credentialsValidUntil, now)}`]),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

const outcomeText = (name: string, outcome: SignOutOutcome, now: number): string =>
  `${printable(name)}: ${reachedTexts[outcome.reached]}${survives(outcome, now)}\n`

const signOutAll = async (world: World, scope: 'device' | 'global'): Outcome => {
  const list = await world.ask(profileListSchema, { method: 'GET', path: '/v1/profiles' })
  if (!list.ok) return list
  const names = new Map(list.value.profiles.map(({ profile }) => [profile.id, profile.name]))
  const done = await world.ask(signOutsSchema, { method: 'POST', path: '/v1/sign-out', body: { scope } })
  if (!done.ok) return done
  const { outcomes, failed, left } = done.value
  const now = world.terminal.now()
  const texts = outcomes.map((outcome) =>
    outcomeText(names.get(outcome.profileId) ?? outcome.profileId, outcome, now),
  )
  const rest =
    left.length === 0
      ? ''
      : `Left alone, not available to the command line: ${left.map(printable).join(', ')}\n`
  const failures = failed.map(
    ({ profile, failure: { message } }) => `${printable(profile)}: not signed out: ${printable(message)}\n`,
  )
  const [first] = failed
  return ok({
    json: done.value,
    text: [...texts, ...failures, rest].join(''),
    ...(first === undefined ? {} : { exitCode: exitCodeOf(first.failure.code) }),
  })
}

export const signOut = async (
  world: World,
  name: string | undefined,
  { global, all }: { global: boolean; all: boolean },
): Outcome => {
  const scope = global ? 'global' : 'device'
  if (all) return signOutAll(world, scope)
  if (name === undefined) {
    return {
      ok: false,
      failure: failure('cli.usage', { message: 'Which profile?', remedy: 'Name one, or use --all.' }),
    }
  }
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile } = found.value
  const outcome = await world.ask(signOutOutcomeSchema, post(profile.id, 'sign-out', { scope }))
  if (!outcome.ok) return outcome
  return ok({ json: outcome.value, text: outcomeText(profile.name, outcome.value, world.terminal.now()) })
}
