// Owns whether a request was signed (AWS Signature Version 4) with credentials this server issued. The signature itself is
// made by AWS's own signer and compared. Source: IAM guide, "Create a signed AWS API request".
import { createHash, timingSafeEqual } from 'node:crypto'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { ServiceError } from './errors.ts'
import type { CredentialStore, IssuedCredentials } from './identity/credentials.ts'

/** A request as it came over the wire; header names in lower case. */
export interface SignedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

interface Authorization {
  readonly accessKeyId: string
  readonly scopeDate: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const refused = (type: string, message: string) => new ServiceError(type, message, 403)
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const mismatch = (message = MISMATCH) => refused('SignatureDoesNotMatch', message)
const unknownToken = () =>
  refused('InvalidClientTokenId', 'The security token included in the request is invalid.')

const CLOCK_SKEW_MS = 5 * 60 * 1000

/**
 * Returns the credentials a request was signed with. Otherwise throws with status 403: MissingAuthenticationToken,
 * IncompleteSignature (400), InvalidClientTokenId, ExpiredToken or SignatureDoesNotMatch. `now` in milliseconds.
 */
export async function requireSignature(
  request: SignedRequest,
  store: CredentialStore,
  service: string,
  now: number,
): Promise<IssuedCredentials> {
  const authorization = parseAuthorization(request.headers['authorization'])
  const signedAt = parseAmzDate(request.headers['x-amz-date'])
  if (signedAt === undefined || !authorization.signedHeaders.includes('host'))
    throw incomplete('X-Amz-Date or Host')
  if (authorization.service !== service) {
    throw mismatch(`Credential should be scoped to correct service: '${service}'. `)
  }
  assertFresh(authorization, signedAt, now)
  const credentials = store.find(authorization.accessKeyId)
  if (credentials === undefined) throw unknownToken()
  if (request.headers['x-amz-security-token'] !== credentials.sessionToken) throw unknownToken()
  assertBodyHash(request)
  const expected = await signatureOf(request, authorization, credentials, signedAt)
  if (!isSame(expected, authorization.signature)) throw mismatch()
  if (now >= credentials.expiresAt) {
    throw refused('ExpiredToken', 'The security token included in the request is expired')
  }
  return credentials
}

const incomplete = (missing: string) =>
  new ServiceError('IncompleteSignature', `Authorization header requires existence of ${missing}.`)

function parseAuthorization(header: string | undefined): Authorization {
  if (header === undefined) {
    throw refused('MissingAuthenticationToken', 'Request is missing Authentication Token')
  }
  const field = (name: string) => new RegExp(`[ ,]${name}=([^, ]+)`).exec(header)?.[1]
  const [accessKeyId, scopeDate, region, service, end] = (field('Credential') ?? '').split('/')
  const signedHeaders = field('SignedHeaders')
  const signature = field('Signature')
  if (!header.startsWith('AWS4-HMAC-SHA256 ') || !accessKeyId || !scopeDate || !region || !service) {
    throw incomplete("'Credential' parameter")
  }
  if (end !== 'aws4_request')
    throw mismatch("Credential should be scoped with a valid terminator: 'aws4_request'")
  if (signedHeaders === undefined) throw incomplete("'SignedHeaders' parameter")
  if (signature === undefined) throw incomplete("'Signature' parameter")
  return { accessKeyId, scopeDate, region, service, signedHeaders: signedHeaders.split(';'), signature }
}

/** `20260203T040506Z`, as milliseconds since the epoch. */
function parseAmzDate(text: string | undefined): number | undefined {
  const iso = text?.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const instant = iso === text || iso === undefined ? Number.NaN : Date.parse(iso)
  return Number.isNaN(instant) ? undefined : instant
}

const amzDate = (instant: number) => new Date(instant).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')

function assertFresh(authorization: Authorization, signedAt: number, now: number): void {
  const signed = amzDate(signedAt)
  if (!signed.startsWith(authorization.scopeDate)) {
    throw mismatch('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP')
  }
  if (signedAt < now - CLOCK_SKEW_MS) {
    const limit = amzDate(now - CLOCK_SKEW_MS)
    throw mismatch(`Signature expired: ${signed} is now earlier than ${limit} (${amzDate(now)} - 5 min.)`)
  }
  if (signedAt > now + CLOCK_SKEW_MS) {
    const limit = amzDate(now + CLOCK_SKEW_MS)
    throw mismatch(
      `Signature not yet current: ${signed} is still later than ${limit} (${amzDate(now)} + 5 min.)`,
    )
  }
}

/** The signer believes this header where it is sent, so it has to be true. */
function assertBodyHash({ headers, body }: SignedRequest): void {
  const claimed = headers['x-amz-content-sha256']
  if (claimed !== undefined && claimed !== createHash('sha256').update(body).digest('hex')) throw mismatch()
}

async function signatureOf(
  request: SignedRequest,
  { region, service, signedHeaders }: Authorization,
  credentials: IssuedCredentials,
  signedAt: number,
): Promise<string | undefined> {
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false })
  const headers = Object.fromEntries(
    signedHeaders.flatMap((name) =>
      request.headers[name] === undefined ? [] : [[name, request.headers[name]]],
    ),
  )
  const [path = '/', query = ''] = request.path.split('?')
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: 'localhost',
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers,
      body: request.body,
    },
    { signingDate: new Date(signedAt), signableHeaders: new Set(signedHeaders) },
  )
  return /Signature=([0-9a-f]+)$/.exec(signed.headers['authorization'] ?? '')?.[1]
}

function isSame(expected: string | undefined, given: string): boolean {
  const [left, right] = [Buffer.from(expected ?? ''), Buffer.from(given)]
  return left.length === right.length && timingSafeEqual(left, right)
}
