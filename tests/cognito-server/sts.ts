// Owns the one STS operation, GetCallerIdentity, in the query protocol: form in, XML out.
import { ServiceError } from './errors.ts'
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

/** Runs a query-protocol action; InvalidAction for one this server does not have. */
export async function runStsAction(world: World, action: string, request: SignedRequest): Promise<string> {
  if (action !== 'GetCallerIdentity') {
    throw new ServiceError('InvalidAction', `Could not find operation ${action} for version 2011-06-15`)
  }
  const fields = Object.entries(await getCallerIdentity(world, request))
  return fields.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('')
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
