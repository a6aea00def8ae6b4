// Owns what kind of request came in and how its protocol spells answers and refusals: AWS JSON 1.1, the query protocol of
// STS, managed login, and a pool's public documents. Knows nothing of sockets or faults.
import { randomUUID } from 'node:crypto'
import { ServiceError, unknownOperation } from './errors.ts'
import type { RequestSubject } from './faults.ts'
import { federationCall } from './federation.ts'
import { type Input, isRecord } from './input.ts'
import { oauthCall } from './oauth/index.ts'
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
  const managedLogin = oauthCall(world, request) ?? federationCall(world, request)
  if (managedLogin !== undefined) return managedLogin
  if (request.method === 'POST' && /form-urlencoded/.test(request.headers['content-type'] ?? '')) {
    return queryCall(world, request)
  }
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
  const accessKeyId = / Credential=([^/]+)\//.exec(request.headers['authorization'] ?? '')?.[1]
  const requestId = randomUUID()
  const xml = (status: number, body: string): Reply => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body,
  })
  return {
    subject: { operation: action, ...(accessKeyId !== undefined && { accessKeyId }) },
    run: async () => xml(200, stsResult(action, await runStsAction(world, action, request), requestId)),
    refuse: (error) => xml(error.status, stsError(error, requestId)),
  }
}

function documentCall(world: World, request: SignedRequest): Call {
  const [, poolId = '', folder, name = ''] = (request.path.split('?')[0] ?? '').split('/')
  const pool = folder === '.well-known' ? world.pools.get(poolId) : undefined
  const document = pool && request.method === 'GET' ? documents(world, pool)[name] : undefined
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
function documents({ url }: World, pool: UserPool): Readonly<Record<string, object>> {
  return {
    'jwks.json': pool.keys.jwkSet,
    'openid-configuration': {
      issuer: pool.issuer,
      jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
      authorization_endpoint: `${url}/oauth2/authorize`,
      token_endpoint: `${url}/oauth2/token`,
      revocation_endpoint: `${url}/oauth2/revoke`,
      userinfo_endpoint: `${url}/oauth2/userInfo`,
      end_session_endpoint: `${url}/logout`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
    },
  }
}
