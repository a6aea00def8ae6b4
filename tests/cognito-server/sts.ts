// Owns the STS operations GetCallerIdentity and AssumeRoleWithWebIdentity in the query protocol: form in, XML out.
import { ServiceError } from './errors.ts'
import { assumeRoleWithWebIdentity } from './identity/basic-flow.ts'
import { requireSignature, type SignedRequest } from './sigv4.ts'
import type { World } from './world.ts'

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** GetCallerIdentity (API reference): who these credentials are, if they are ours, unexpired and rightly used. */
export async function getCallerIdentity(
  world: World,
  request: SignedRequest,
): Promise<Record<string, string>> {
  const now = world.clock.now()
  const credentials = await requireSignature(request, world.credentials, 'sts', now)
  return { Arn: credentials.assumedRoleArn, UserId: credentials.userId, Account: credentials.account }
}

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`
const elements = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => element(name, escapeXml(value)))
    .join('')

function assumedRole(world: World, request: SignedRequest): string {
  const input = new URLSearchParams(request.body.toString('utf8'))
  const { issued, token } = assumeRoleWithWebIdentity(world, input)
  return [
    elements({
      SubjectFromWebIdentityToken: token.identityId,
      Audience: token.pool.id,
      Provider: 'cognito-identity.amazonaws.com',
    }),
    element('AssumedRoleUser', elements({ Arn: issued.assumedRoleArn, AssumedRoleId: issued.userId })),
    element(
      'Credentials',
      elements({
        AccessKeyId: issued.accessKeyId,
        SecretAccessKey: issued.secretAccessKey,
        SessionToken: issued.sessionToken,
        Expiration: new Date(issued.expiresAt).toISOString(),
      }),
    ),
  ].join('')
}

/** Runs a query-protocol action; InvalidAction for one this server does not have. */
export async function runStsAction(world: World, action: string, request: SignedRequest): Promise<string> {
  switch (action) {
    case 'GetCallerIdentity':
      return elements(await getCallerIdentity(world, request))
    case 'AssumeRoleWithWebIdentity':
      return assumedRole(world, request)
    default:
      throw new ServiceError('InvalidAction', `Could not find operation ${action} for version 2011-06-15`)
  }
}

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
