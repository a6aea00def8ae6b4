// Owns the STS operations, GetCallerIdentity and AssumeRoleWithWebIdentity, in the query protocol: form in, XML out.
import { ServiceError } from './errors.ts'
import { believeOpenIdToken } from './identity/open-id.ts'
import { requireSignature, type SignedRequest } from './sigv4.ts'
import type { World } from './world.ts'

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** A result as XML spells it: text, or members of its own. */
interface Members {
  readonly [name: string]: string | Members
}

type Action = (world: World, request: SignedRequest) => Promise<Members>

/** GetCallerIdentity (API reference): who these credentials are, if they are ours, unexpired and rightly used. */
export async function getCallerIdentity(world: World, request: SignedRequest): Promise<Members> {
  const now = world.clock.now()
  const credentials = await requireSignature(request, world.credentials, 'sts', now)
  return { Arn: credentials.assumedRoleArn, UserId: credentials.userId, Account: credentials.account }
}

const SHORTEST_SECONDS = 900
const DEFAULT_SECONDS = 3600
const LONGEST_SECONDS = 43_200

/**
 * AssumeRoleWithWebIdentity (API reference): the second half of an identity pool's basic flow. The trust policy of each
 * role is that of the identity pool whose role it is, for the kind of identity it is the role of.
 */
export async function assumeRoleWithWebIdentity(world: World, request: SignedRequest): Promise<Members> {
  const form = new URLSearchParams(request.body.toString('utf8'))
  const [roleArn, sessionName] = [required(form, 'RoleArn'), required(form, 'RoleSessionName')]
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid(`Invalid RoleSessionName ${sessionName}`)
  const { pool, isAuthenticated } = await believeOpenIdToken(world, required(form, 'WebIdentityToken'))
  const { roles, trustingRoles = [] } = pool.config
  const trusting = isAuthenticated ? [roles.authenticated, ...trustingRoles] : [roles.unauthenticated]
  if (!trusting.includes(roleArn)) {
    throw new ServiceError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403)
  }
  const seconds = durationOf(form, pool.config.longestRoleSessionSeconds ?? DEFAULT_SECONDS)
  const expiresAt = (world.clock.nowSeconds() + seconds) * 1000
  const issued = world.credentials.issue(roleArn, expiresAt, sessionName)
  return {
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretAccessKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      Expiration: new Date(expiresAt).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: issued.userId, Arn: issued.assumedRoleArn },
    Provider: 'cognito-identity.amazonaws.com',
    Audience: pool.id,
  }
}

function durationOf(form: URLSearchParams, longest: number): number {
  const seconds = Number(form.get('DurationSeconds') ?? DEFAULT_SECONDS)
  if (!Number.isInteger(seconds) || seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
    throw invalid(
      `1 validation error detected: Value '${form.get('DurationSeconds')}' at 'durationSeconds' failed to satisfy constraint: Member must have value between ${SHORTEST_SECONDS} and ${LONGEST_SECONDS}`,
    )
  }
  if (seconds > longest) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  return seconds
}

const invalid = (message: string) => new ServiceError('ValidationError', message)

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (value === null || value === '') throw invalid(`${name} is missing`)
  return value
}

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['GetCallerIdentity', getCallerIdentity],
  ['AssumeRoleWithWebIdentity', assumeRoleWithWebIdentity],
])

/** Runs a query-protocol action; InvalidAction for one this server does not have. */
export async function runStsAction(world: World, action: string, request: SignedRequest): Promise<string> {
  const run = ACTIONS.get(action)
  if (run === undefined) {
    throw new ServiceError('InvalidAction', `Could not find operation ${action} for version 2011-06-15`)
  }
  return toXml(await run(world, request))
}

const toXml = (members: Members): string =>
  Object.entries(members)
    .map(
      ([name, value]) => `<${name}>${typeof value === 'string' ? escapeXml(value) : toXml(value)}</${name}>`,
    )
    .join('')

/** The XML around a result. */
export function stsResult(action: string, resultXml: string, requestId: string): string {
  return `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${resultXml}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
}

/** The XML around a refusal. */
export function stsError(error: ServiceError, requestId: string): string {
  const message = escapeXml(error.message)
  return `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${error.type}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
