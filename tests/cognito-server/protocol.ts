// Owns what kind of request came in and how its protocol spells answers and refusals: AWS JSON 1.1, the query protocol of
// STS, and a pool's public documents. Knows nothing of sockets or faults.
import { randomUUID } from 'node:crypto'
import { ServiceError, unknownOperation } from './errors.ts'
import type { RequestSubject } from './faults.ts'
import { federate } from './federation.ts'
import { type Input, isRecord } from './input.ts'
import { jwkSet } from './keys.ts'
import { OPERATIONS } from './operations/index.ts'
import type { UserPool } from './pool.ts'
import type { SignedRequest } from './sigv4.ts'
import { runStsAction, stsError, stsResult } from './sts.ts'
import { subjectOf } from './subject.ts'
import type { World } from './world.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A request that has been understood. `run` throws ServiceError; `refuse` spells one in the request's own protocol. */
export interface Call {
  readonly subject: RequestSubject
  run(): Promise<Reply>
  refuse(error: ServiceError): Reply
}

/** Understands a request. `unknown` names operations this server shall claim not to have. */
export function readCall(world: World, request: SignedRequest, unknown: ReadonlySet<string>): Call {
  const target = request.headers['x-amz-target']
  if (request.method === 'POST' && target !== undefined) return jsonCall(world, target, request, unknown)
  if (request.method === 'POST' && /form-urlencoded/.test(request.headers['content-type'] ?? '')) {
    return queryCall(world, request)
  }
  if (request.method === 'GET' && request.path.startsWith('/federation?'))
    return federationCall(world, request)
  return documentCall(world, request)
}

function jsonCall(world: World, target: string, request: SignedRequest, unknown: ReadonlySet<string>): Call {
  const name = target.slice(target.indexOf('.') + 1)
  const operation = unknown.has(name) ? undefined : OPERATIONS.get(target)
  const input = parseJson(request.body)
  return {
    subject: { operation: name, ...(input !== undefined && subjectOf(world, input)) },
    async run() {
      if (operation === undefined) throw unknownOperation()
      if (input === undefined)
        throw new ServiceError('SerializationException', 'Unable to parse the request body')
      return jsonReply(200, await operation(world, input))
    },
    refuse: jsonRefusal,
  }
}

function parseJson(body: Buffer): Input | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function jsonReply(status: number, body: object, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID(), ...headers },
    body: JSON.stringify(body),
  }
}

/** Cognito names the exception twice, in `__type` and with a colon behind it in a header. */
function jsonRefusal(error: ServiceError): Reply {
  const printable = /^[\x20-\x7e]+$/.test(error.message)
  return jsonReply(
    error.status,
    { __type: error.type, ...(error.message !== '' && { message: error.message }) },
    {
      'x-amzn-errortype': `${error.type}:`,
      ...(printable && { 'x-amzn-errormessage': error.message }),
    },
  )
}

function queryCall(world: World, request: SignedRequest): Call {
  const action = new URLSearchParams(request.body.toString('utf8')).get('Action') ?? 'unknown'
  const requestId = randomUUID()
  const xml = (status: number, body: string): Reply => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body,
  })
  return {
    subject: { operation: action },
    run: async () => xml(200, stsResult(action, await runStsAction(world, action, request), requestId)),
    refuse: (error) => xml(error.status, stsError(error, requestId)),
  }
}

function federationCall(world: World, request: SignedRequest): Call {
  const query = new URLSearchParams(request.path.split('?')[1])
  return {
    subject: { operation: query.get('Action') ?? 'unknown' },
    async run(): Promise<Reply> {
      const answer = federate(world, query)
      return answer.kind === 'redirect'
        ? { status: 302, headers: { location: answer.location }, body: '' }
        : {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ SigninToken: answer.token }),
          }
    },
    refuse: ({ status, message }) => ({
      status,
      headers: { 'content-type': 'text/html' },
      body: `<h1>${message}</h1>`,
    }),
  }
}

function documentCall(world: World, request: SignedRequest): Call {
  const [, poolId = '', folder, name = ''] = (request.path.split('?')[0] ?? '').split('/')
  const pool = folder === '.well-known' ? world.pools.get(poolId) : undefined
  const document = pool && request.method === 'GET' ? documents(pool)[name] : undefined
  return {
    subject: { operation: document === undefined ? 'unknown' : name },
    async run() {
      if (document === undefined) throw new ServiceError('NotFound', `nothing at ${request.path}`, 404)
      const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=86400' }
      return { status: 200, headers, body: JSON.stringify(document) }
    },
    refuse: jsonRefusal,
  }
}

/** OpenID Connect Discovery 1.0, section 3; the endpoints of managed login come with it. */
function documents(pool: UserPool): Readonly<Record<string, object>> {
  return {
    'jwks.json': jwkSet(pool.keys),
    'openid-configuration': {
      issuer: pool.issuer,
      jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
    },
  }
}
