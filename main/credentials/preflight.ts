// Owns the answer to "why don't I get credentials?": everything between user pool and role, asked one after the other until one fails.
// What a failure means the failure table says; here it is told which step it belongs to.
import { loginProviderOf } from '../cognito/endpoints.ts'
import { type Failure, type FailureCode, failure } from '../failure.ts'
import { issuerOf, type Profile } from '../profiles/profile.ts'
import type { SessionManager } from '../sessions/api.ts'
import type { Issuer } from '../sessions/ports.ts'
import { type PreflightStepId, preflightSteps } from './preflight-steps.ts'

export interface PreflightStep {
  readonly id: PreflightStepId
  readonly label: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** What was found, such as the provider name. */
  readonly detail?: string | undefined
  readonly failure?: Failure | undefined
}

export interface PreflightDeps {
  readonly issuer: Pick<Issuer, 'check'>
  readonly sessions: Pick<
    SessionManager,
    'fetchAuthSession' | 'claims' | 'getCredentials' | 'testCredentials' | 'clockOffsetMs'
  >
}

/** AWS refuses requests that were signed more than 5 minutes away from its own clock (IAM guide, "Signature Version 4"). */
const tolerableMs = 5 * 60_000

/** What an identity pool says of a token that it would take if only it were a good one. */
const isOfBadToken = /verify signed token|not a valid openid|required claim/i

/** Which step a refusal of credentials belongs to. */
export const stepOfFailure = ({ code, detail = '' }: Pick<Failure, 'code' | 'detail'>): PreflightStepId => {
  if (code === 'credentials.not-supported-provider') {
    if (isOfBadToken.test(detail)) return 'token'
    // Of a provider that is not listed and an app client that is not, AWS says the same: providers are listed with their clients.
    return /providerName/i.test(detail) ? 'provider' : 'client'
  }
  const steps: Partial<Record<FailureCode, PreflightStepId>> = {
    'credentials.role': 'role',
    'credentials.role-unknown': 'role',
    'credentials.duration': 'role',
    'credentials.refused': 'role',
    'credentials.token-expired': 'clock',
  }
  const known = steps[code]
  if (known !== undefined) return known
  return code.startsWith('session.') || code.startsWith('token.') ? 'token' : 'identity-pool'
}

interface Finding {
  readonly id: PreflightStepId
  readonly detail?: string | undefined
  readonly failure?: Failure | undefined
}

const passed = (id: PreflightStepId, detail?: string): Finding => ({ id, detail })
const failed = (id: PreflightStepId, reason: Failure): Finding => ({ id, failure: reason })

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []

const unverified = (detail: string): Failure =>
  failure('token.unverified', { detail, remedy: 'Refresh the session; sign in again if it stays.' })

/** The token, valid by its own dates, against the user pool's keys. Keys that cannot be had are no proof against it. */
const tokenStep = async ({ sessions }: PreflightDeps, profile: Profile, owner: string): Promise<Finding> => {
  const claims = await sessions.claims(profile.id)
  if (!claims.ok) return failed('token', claims.failure)
  const { verification } = claims.value.id
  return verification.kind === 'refused'
    ? failed('token', unverified(verification.reason))
    : passed('token', owner)
}

/** What the token itself shows, before anybody is asked. */
const readToken = (profile: Profile, claims: Readonly<Record<string, unknown>>): Finding[] => {
  const provider = loginProviderOf(profile)
  const issuer = issuerOf(profile)
  const remedy = `Add the provider ${provider} with app client ${profile.clientId} to the identity pool.`
  const refusal = (detail: string): Failure =>
    failure('credentials.not-supported-provider', { detail, remedy })
  return [
    claims['iss'] === issuer
      ? passed('provider', provider)
      : failed('provider', refusal(`The token was issued by ${String(claims['iss'])}, not by ${issuer}.`)),
    claims['aud'] === profile.clientId
      ? passed('client', profile.clientId)
      : failed('client', refusal(`The token was issued to ${String(claims['aud'])}.`)),
  ]
}

/**
 * The enhanced flow gives roles of the token only, and AWS says little when asked for another one. In the basic flow the role's own trust
 * policy decides.
 */
const notInToken = (profile: Profile, claims: Readonly<Record<string, unknown>>): Failure | undefined => {
  const { roleArn, credentialsFlow } = profile
  const roles = textsIn(claims['cognito:roles'])
  if (roleArn === undefined || credentialsFlow === 'basic' || roles.includes(roleArn)) return undefined
  return failure('credentials.role', {
    message: "The role that the profile asks for is not among the token's roles.",
    detail: `${roleArn} is not among ${roles.join(', ') || 'them: the token has none'}.`,
    remedy: "Choose one of the token's roles in the profile, or the identity pool's choice.",
  })
}

const clockStep = (offsetMs: number | undefined): Finding => {
  const seconds = Math.round(Math.abs(offsetMs ?? 0) / 1_000)
  const words =
    seconds === 0 ? 'no difference' : `${seconds} s ${(offsetMs ?? 0) > 0 ? 'behind' : 'ahead of'} AWS`
  return Math.abs(offsetMs ?? 0) >= tolerableMs
    ? failed('clock', failure('clock.wrong', { detail: words }))
    : passed('clock', words)
}

/** Asks identity pool, role and STS; what they refuse is told of the step it belongs to. */
const askForCredentials = async (
  { sessions }: PreflightDeps,
  profile: Profile,
  claims: Readonly<Record<string, unknown>>,
): Promise<Finding[]> => {
  const got = await sessions.getCredentials(profile.id, { forceRefresh: true })
  if (!got.ok) {
    const { failure: reason } = got
    const step = stepOfFailure(reason)
    if (step === 'token' && reason.code === 'credentials.not-supported-provider')
      return [failed(step, unverified(reason.detail ?? ''))]
    if (step !== 'role') return [failed(step, reason)]
    // A role is refused by a pool that has answered.
    return [
      passed('identity-pool', profile.identityPoolId),
      failed('role', notInToken(profile, claims) ?? reason),
    ]
  }
  const tested = await sessions.testCredentials(profile.id)
  return [
    passed('identity-pool', got.value.identityId),
    tested.ok ? passed('role', tested.value.arn) : failed('role', tested.failure),
  ]
}

const find = async (deps: PreflightDeps, profile: Profile): Promise<Finding[]> => {
  const pool = await deps.issuer.check(profile)
  if (!pool.ok) return [failed('user-pool', pool.failure)]
  const findings = [passed('user-pool', pool.value.issuer)]
  const session = await deps.sessions.fetchAuthSession(profile.id)
  if (!session.ok) return [...findings, failed('token', session.failure)]
  const { idToken } = session.value.tokens
  const username = idToken.payload['cognito:username']
  const owner = typeof username === 'string' ? username : session.value.userSub
  const read = readToken(profile, idToken.payload)
  // Verifying refuses a token of another pool or app client too; its own words explain that better.
  const isOfAnother = read.some(({ failure: reason }) => reason !== undefined)
  if (isOfAnother) return [...findings, passed('token', owner), ...read]
  const token = await tokenStep(deps, profile, owner)
  if (token.failure !== undefined) return [...findings, token]
  return [...findings, token, ...read, ...(await askForCredentials(deps, profile, idToken.payload))]
}

/**
 * Every step in order: passed up to the first that failed, the rest skipped. The clock is looked at in any case, for it may be why another
 * step failed.
 */
export const runPreflight = async (deps: PreflightDeps, profile: Profile): Promise<PreflightStep[]> => {
  const findings = await find(deps, profile)
  const told = findings.some(({ id }) => id === 'clock')
  const all = told ? findings : [...findings, clockStep(deps.sessions.clockOffsetMs)]
  let hasFailed = false
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets that it lists the table's own keys
  return (Object.keys(preflightSteps) as PreflightStepId[]).map((id): PreflightStep => {
    const label = preflightSteps[id]
    // The last word counts: a token that looks right may still be refused.
    const finding = all.findLast((candidate) => candidate.id === id)
    if (finding === undefined || (hasFailed && id !== 'clock')) return { id, label, outcome: 'skipped' }
    hasFailed ||= finding.failure !== undefined
    return { label, outcome: finding.failure === undefined ? 'passed' : 'failed', ...finding }
  })
}
