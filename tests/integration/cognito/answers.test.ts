import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { standingClock, unsignedToken } from '../../unit/cognito/support.ts'
import { json, reply, type Script, startScriptedEndpoint } from './scripted-endpoint.ts'
import { accessTo, keep, portsOf, valueOf } from './support.ts'

const html = { 'content-type': 'text/html' }
const page = '<!doctype html><html><body>Sign in to the hotel network</body></html>'
const tokens = {
  AuthenticationResult: { IdToken: 'id-token', AccessToken: 'access-token', RefreshToken: 'refresh-token' },
}
const record = keep({ tokens: { idToken: 'a', accessToken: 'b', refreshToken: 'refresh-token-secret' } })
const ana = { username: 'ana', password: 'Correct-Horse-9' }
const password = { signInMethod: 'password' } as const

/** Closes the connection after so much of the answer. */
const cutOff: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '500' })
  response.write('{"AuthenticationResult":{"IdToken":"eyJhbGciOi', () => response.destroy())
}

describe('an endpoint that does not answer like Cognito', () => {
  it.each<[string, string, Script]>([
    ['a page with status 500', 'service.unavailable', reply(500, page, html)],
    ['a page with status 502', 'service.unavailable', reply(502, page, html)],
    ['a captive portal', 'network.bad-answer', reply(200, page, html)],
    [
      'a redirection to a portal',
      'network.bad-answer',
      reply(302, page, { ...html, location: 'http://portal/' }),
    ],
    ['a page with status 404', 'network.bad-answer', reply(404, page, html)],
    ['a page with status 403', 'network.bad-answer', reply(403, page, html)],
    ['an empty answer', 'network.bad-answer', reply(200, '')],
    ['nothing in JSON', 'network.bad-answer', json(200, null)],
    ['half a document', 'network.bad-answer', reply(200, '{"AuthenticationResult":{"IdToken":"eyJhbGciOi')],
    ['a connection cut off in the answer', 'network.offline', cutOff],
    ['a plain 429', 'service.throttled', reply(429, 'slow down', { 'content-type': 'text/plain' })],
    ['an empty 503', 'service.unavailable', reply(503, '')],
    ['an empty 400', 'network.bad-answer', reply(400, '')],
    ['an exception nobody knows', 'service.refused', json(400, { __type: 'NewException', message: 'Hm.' })],
    ['no such operation', 'config.operation-unknown', json(400, { __type: 'UnknownOperationException' })],
  ])('%s is %s, asked once, and gives nothing away', async (_, code, script) => {
    await using endpoint = await startScriptedEndpoint(script)
    const { issuer } = portsOf()
    const access = accessTo(endpoint.url, {})
    const result = await issuer.refresh(access, { ...record, refreshOperation: 'REFRESH_TOKEN_AUTH' })
    expect(result).toMatchObject({ ok: false, failure: { code } })
    const asked = endpoint.asked.filter(({ operation }) => operation === 'InitiateAuth')
    expect(asked).toHaveLength(1)
    expect(JSON.stringify(result)).not.toMatch(/eyJ|refresh-token-secret/)
  })

  it.each<[string, boolean, Script]>([
    ['cuts the connection off in the answer', true, cutOff],
    ['gives half a document', true, reply(200, '{"AuthenticationResult":{"IdToken":"eyJhbGciOi')],
    ['has trouble in between', true, reply(502, page, html)],
    ['refuses', false, json(400, { __type: 'NotAuthorizedException', message: 'Invalid Refresh Token' })],
    ['throttles', false, reply(429, '')],
    ['redirects', false, reply(302, page, { ...html, location: 'http://portal/' })],
  ])('%s: that the refresh may have been done is %s', async (_, mayBeDone, script) => {
    await using endpoint = await startScriptedEndpoint(script)
    const result = await portsOf().issuer.refresh(accessTo(endpoint.url, {}), record)
    expect(!result.ok && result.failure.mayBeDone === true).toBe(mayBeDone)
  })

  it.each<[string, string, object, string | undefined]>([
    ['leaves the ID token out', 'config.openid-scope', { refresh_token: 'rotated' }, 'rotated'],
    [
      'gives an ID token of somebody else',
      'network.bad-answer',
      { refresh_token: 'rotated', id_token: unsignedToken({ iss: 'https://example.com', aud: 'another' }) },
      'rotated',
    ],
    ['does not rotate', 'config.openid-scope', { refresh_token: 'refresh-token-secret' }, undefined],
    ['gives no refresh token', 'config.openid-scope', {}, undefined],
  ])(
    'a token endpoint that %s is %s, and a new refresh token in it is passed on',
    async (_, code, given, rotatedTo) => {
      const grant = { access_token: 'access', token_type: 'Bearer', expires_in: 3_600 }
      const body = JSON.stringify({ ...grant, ...given })
      await using endpoint = await startScriptedEndpoint(
        reply(200, body, { 'content-type': 'application/json' }),
      )
      const result = await portsOf().issuer.refresh(accessTo(endpoint.url, { domain: endpoint.url }), {
        ...record,
        refreshOperation: 'TOKEN_ENDPOINT',
        signInDetails: { loginId: '', authFlowType: 'BROWSER' },
      })
      expect(result).toEqual({ ok: false, failure: expect.objectContaining({ code }), rotatedTo })
    },
  )

  it('does not get to quote the password back', async () => {
    await using endpoint = await startScriptedEndpoint((response, asked) =>
      json(400, { __type: 'UserLambdaValidationException', message: `refused: ${asked.body}` })(
        response,
        asked,
      ),
    )
    const result = await portsOf().issuer.signIn(accessTo(endpoint.url, password), ana)
    expect(result).toMatchObject({ ok: false, failure: { code: 'sign-in.lambda' } })
    expect(JSON.stringify(result)).not.toContain(ana.password)
  })

  it.each<[string, Script]>([
    ['never answers', () => undefined],
    [
      'stops in the middle',
      (response) => {
        response.writeHead(200, { 'content-length': '500' })
        response.write('{"Auth')
      },
    ],
  ])('is given up after ten seconds where it %s', async (_, script) => {
    await using endpoint = await startScriptedEndpoint(script)
    const clock = standingClock()
    const { issuer } = portsOf(clock)
    const arrived = endpoint.nextArrival()
    const result = issuer.refresh(accessTo(endpoint.url, {}), record)
    await arrived
    clock.advance(10_000)
    expect(await result).toMatchObject({ ok: false, failure: { code: 'network.timed-out', mayBeDone: true } })
  })

  it('is offline where nobody listens', async () => {
    const { url } = await startScriptedEndpoint(reply(200, '')).then(async (endpoint) => {
      await endpoint[Symbol.asyncDispose]()
      return endpoint
    })
    const { issuer, source } = portsOf()
    const identityPoolId = 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef'
    const access = accessTo(url, { ...password, identityPoolId })
    const offline = { ok: false, failure: { code: 'network.offline' } }
    expect(await issuer.signIn(access, ana)).toMatchObject(offline)
    const refreshed = await issuer.refresh(access, record)
    expect(refreshed).toMatchObject(offline)
    expect(refreshed).not.toHaveProperty('failure.mayBeDone', true)
    expect(await issuer.revoke(access, 'token')).toMatchObject(offline)
    expect(await issuer.globalSignOut(access, 'token')).toMatchObject(offline)
    expect(await issuer.check(access.profile)).toMatchObject(offline)
    const input = { idToken: 'token', roleArn: undefined, identityId: undefined }
    expect(await source.fetch(access.profile, input)).toMatchObject(offline)
  })

  it('speaks plain HTTP where https was asked for', async () => {
    await using endpoint = await startScriptedEndpoint(reply(200, ''))
    const access = accessTo(endpoint.url.replace('http:', 'https:'), {})
    expect(await portsOf().issuer.refresh(access, record)).toMatchObject({
      failure: { code: 'network.bad-answer' },
    })
  })
})

describe('checking a pool', () => {
  it.each<[string, string, Script]>([
    ['no such pool', 'config.pool-not-found', json(404, { message: 'User pool x does not exist.' })],
    ['no such pool, as a bad request', 'config.pool-not-found', json(400, { message: 'Invalid pool' })],
    ['another server', 'network.bad-answer', reply(404, page, html)],
    ['a portal', 'network.bad-answer', reply(200, page, html)],
    ['a redirection', 'network.bad-answer', reply(302, '', { location: 'http://portal/' })],
    ['JSON that is no key set', 'network.bad-answer', json(200, { keys: 'none' })],
    ['no keys at all', 'network.bad-answer', json(200, { keys: [] })],
    ['trouble', 'service.unavailable', reply(503, page, html)],
    ['throttling', 'service.throttled', reply(429, '')],
  ])('that answers with %s is %s', async (_, code, script) => {
    await using endpoint = await startScriptedEndpoint(script)
    const { profile } = accessTo(endpoint.url, {})
    expect(await portsOf().issuer.check(profile)).toMatchObject({ ok: false, failure: { code } })
  })

  it('that answers with something else leaves tokens unchecked', async () => {
    await using endpoint = await startScriptedEndpoint(reply(200, page, html))
    const token = [{ alg: 'RS256', kid: 'x' }, {}]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .concat('c2ln')
      .join('.')
    expect(await portsOf().issuer.verify(accessTo(endpoint.url, {}), 'id', token, 0)).toMatchObject({
      kind: 'unchecked',
    })
  })
})

describe('the AWS settings of this machine', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('have no say in where requests go, how often, and who signs them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sesame-aws-'))
    await using cleanUp = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
    expect(cleanUp).toBeDefined()
    const file = join(folder, 'config')
    const settings =
      'endpoint_url = http://127.0.0.1:1\nmax_attempts = 9\nuse_fips_endpoint = true\nregion = xx-y-1'
    await writeFile(file, `[default]\n${settings}\nsdk_ua_app_id = tracker\n[broken\n`)
    const poison = {
      AWS_CONFIG_FILE: file,
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_PROFILE: 'no-such-profile',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY: 'http://127.0.0.1:1',
      AWS_REGION: 'xx-y-1',
      AWS_MAX_ATTEMPTS: '9',
      AWS_RETRY_MODE: 'adaptive',
      AWS_DEFAULTS_MODE: 'auto',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_SDK_UA_APP_ID: 'tracker',
      AWS_ACCESS_KEY_ID: 'AKIAPOISON',
      AWS_SECRET_ACCESS_KEY: 'poison',
    }
    for (const [name, value] of Object.entries(poison)) vi.stubEnv(name, value)

    const throttled = json(400, { __type: 'TooManyRequestsException', message: 'Rate exceeded' })
    await using endpoint = await startScriptedEndpoint((response, asked) =>
      (asked.operation === 'GetTokensFromRefreshToken' || asked.operation === 'GetId'
        ? throttled
        : json(200, tokens))(response, asked),
    )
    const { issuer, source } = portsOf()
    const identityPoolId = 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef'
    const access = accessTo(endpoint.url, { ...password, identityPoolId })
    valueOf(await issuer.signIn(access, ana))
    expect(await issuer.refresh(access, record)).toMatchObject({ failure: { code: 'service.throttled' } })
    const input = { idToken: 'token', roleArn: undefined, identityId: undefined }
    expect(await source.fetch(access.profile, input)).toMatchObject({
      failure: { code: 'service.throttled' },
    })

    expect(endpoint.asked.map(({ operation }) => operation)).toEqual([
      'InitiateAuth',
      'GetTokensFromRefreshToken',
      'GetId',
      'GetId',
    ])
    const credentials = { accessKeyId: 'ASIAOURS', secretAccessKey: 'ours', sessionToken: 'token' }
    const lifetime = { expiresAt: 0, obtainedAt: 0, roleArn: undefined }
    await source.callerIdentity(access.profile, { ...credentials, ...lifetime })
    const [signed] = endpoint.asked.splice(4)
    expect(signed?.headers.authorization).toMatch(/Credential=ASIAOURS\/\d{8}\/eu-west-1\/sts\//)
    for (const { headers, method, path } of endpoint.asked) {
      expect({ method, path }).toEqual({ method: 'POST', path: '/' })
      expect(headers).not.toHaveProperty('authorization')
      expect(headers['user-agent']).toBe('Sesame')
      expect(headers).not.toHaveProperty('x-amz-user-agent')
    }
  })
})
