// Managed login as oauth4webapi, which nobody here wrote, goes through it; what it refuses is asked by hand.

import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { refresh as refreshByApi, refusal, SECRET, userPoolClient } from './kit.ts'
import {
  ADA,
  AFTER_LOGOUT,
  APP_CALLBACK,
  CALLBACK,
  LOGIN_POOL,
  PlainBrowser,
  relyingParty,
  startManagedLogin,
} from './managed-login-kit.ts'

let server: CognitoServer
beforeAll(async () => {
  server = await startManagedLogin()
})
afterAll(() => server.close())

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { method: 'POST', body: new URLSearchParams(form), headers })

describe('authorization code with PKCE', () => {
  test('signs in, with nonce, state and a verifiable ID token', async () => {
    const party = await relyingParty(server)
    const callback = await new PlainBrowser().submit(party.authorizeUrl(), ADA)
    expect(callback.href.startsWith(`${CALLBACK}?`)).toBe(true)
    const tokens = await party.exchange(callback)
    expect(tokens.expires_in).toBe(3600)
    const keys = createRemoteJWKSet(new URL(party.as.jwks_uri ?? ''))
    const { payload } = await jwtVerify(tokens.id_token ?? '', keys, {
      issuer: server.issuerOf(LOGIN_POOL),
      audience: 'web',
    })
    expect(payload).toMatchObject({
      'cognito:username': 'ada',
      at_hash: expect.stringMatching(/^[\w-]{22}$/),
    })
    expect(decodeJwt(tokens.access_token)['scope']).toBe('openid email')
  })

  test('an app client with a secret, a custom scheme that has a query, and rotation', async () => {
    const party = await relyingParty(server, 'web-secret', SECRET)
    const url = party.authorizeUrl({ redirect_uri: APP_CALLBACK })
    const callback = await new PlainBrowser().submit(url, ADA)
    expect(callback.searchParams.get('from')).toBe('cognito')
    const tokens = await party.exchange(callback, APP_CALLBACK)
    const renewed = await party.refresh(tokens.refresh_token ?? '')
    expect(renewed.refresh_token).toBeDefined()
    expect(decodeJwt(renewed.id_token ?? '')).not.toHaveProperty('nonce')
    expect(decodeJwt(renewed.id_token ?? '')['auth_time']).toBe(decodeJwt(tokens.id_token ?? '')['auth_time'])
    for (const { refresh_token = '' } of [tokens, renewed]) {
      await expect(party.refresh(refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' })
    }
  })

  test('its refresh token serves the API too, its access token only what was granted', async () => {
    const party = await relyingParty(server)
    const scope = 'openid aws.cognito.signin.user.admin'
    const narrow = await party.exchange(await new PlainBrowser().submit(party.authorizeUrl(), ADA))
    const wide = await party.exchange(await new PlainBrowser().submit(party.authorizeUrl({ scope }), ADA))
    const getUser = (AccessToken: string) => userPoolClient(server).send(new GetUserCommand({ AccessToken }))
    expect((await getUser(wide.access_token)).Username).toBe('ada')
    expect(await refusal(getUser(narrow.access_token))).toMatch(/does not have required scopes/)
    const { AuthenticationResult } = await refreshByApi(server, wide.refresh_token ?? '', { clientId: 'web' })
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')['scope']).toBe(scope)
  })

  test('no ID token without the scope openid', async () => {
    const party = await relyingParty(server)
    const url = party.authorizeUrl({ scope: 'aws.cognito.signin.user.admin' })
    const code = (await new PlainBrowser().submit(url, ADA)).searchParams.get('code') ?? ''
    const challenged = await post('/oauth2/token', {
      grant_type: 'authorization_code',
      client_id: 'web',
      redirect_uri: CALLBACK,
      code,
    })
    expect([challenged.status, await challenged.json()]).toEqual([400, { error: 'invalid_grant' }])
    const plain = party.authorizeUrl({
      scope: 'aws.cognito.signin.user.admin',
      code_challenge: null,
      code_challenge_method: null,
    })
    const second = (await new PlainBrowser().submit(plain, ADA)).searchParams.get('code') ?? ''
    const answer = await post('/oauth2/token', {
      grant_type: 'authorization_code',
      client_id: 'web',
      redirect_uri: CALLBACK,
      code: second,
    })
    expect(Object.keys(await answer.json()).toSorted()).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'token_type',
    ])
  })

  test.each([
    ['another verifier', undefined, 'x'.repeat(43), 0],
    ['another callback', APP_CALLBACK, undefined, 0],
    ['five minutes', undefined, undefined, 300_000],
  ])('a code is refused after %s, and used up', async (_, redirectUri, verifier, wait) => {
    const party = await relyingParty(server)
    const callback = await new PlainBrowser().submit(party.authorizeUrl(), ADA)
    server.clock.advance(wait)
    await expect(party.exchange(callback, redirectUri, verifier)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    await expect(party.exchange(callback)).rejects.toMatchObject({ error: 'invalid_grant' })
    server.clock.advance(-wait)
  })

  test('a code is good once', async () => {
    const party = await relyingParty(server)
    const callback = await new PlainBrowser().submit(party.authorizeUrl(), ADA)
    await party.exchange(callback)
    await expect(party.exchange(callback)).rejects.toMatchObject({ error: 'invalid_grant' })
  })
})

describe('what is not granted', () => {
  test.each([
    ['a response type of its own', { response_type: 'magic' }, 'unsupported_response_type'],
    ['tokens in the address', { response_type: 'token' }, 'unauthorized_client'],
    ['a scope it may not have', { scope: 'openid everything' }, 'invalid_scope'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without a method', { code_challenge_method: null }, 'invalid_request'],
    ['half a challenge', { code_challenge: 'short' }, 'invalid_request'],
    ['a provider it does not have', { identity_provider: 'Elsewhere' }, 'invalid_request'],
    ['no page, and nobody is signed in', { prompt: 'none' }, 'login_required'],
  ])('%s is told to the client', async (_, changes, error) => {
    const party = await relyingParty(server)
    const callback = await new PlainBrowser().passThrough(party.authorizeUrl(changes))
    expect(callback.searchParams.get('error')).toBe(error)
    expect(callback.searchParams.get('state')).toBe(party.state)
    expect(callback.searchParams.has('code')).toBe(false)
  })

  test.each([
    ['a callback on another port', { redirect_uri: 'http://localhost:45018/callback' }],
    ['a callback with a slash more', { redirect_uri: `${CALLBACK}/` }],
    ['no callback', { redirect_uri: null }],
    ['an app client nobody knows', { client_id: 'nobody' }],
    ['an app client without managed login', { client_id: 'no-browser' }],
  ])('%s is told to the person, and leads nowhere', async (_, changes) => {
    const party = await relyingParty(server)
    const { status, page } = await new PlainBrowser().page(party.authorizeUrl(changes))
    expect(status).toBe(400)
    expect(page).toMatch(/redirect_mismatch|Client does not exist/)
  })
})

describe('the login page', () => {
  const attempt = async (form: Record<string, string>) => {
    const party = await relyingParty(server)
    const login = new URL(party.authorizeUrl().href.replace('/oauth2/authorize', '/login'))
    const end = await new PlainBrowser().visit(login, form)
    return end instanceof URL ? end.href : end.page
  }

  test.each([
    [{ username: 'ada', password: 'wrong' }, 'Incorrect username or password.'],
    [{ username: 'nobody', password: 'wrong' }, 'Incorrect username or password.'],
    [{ ...ADA, username: 'newcomer' }, 'does not lead on from FORCE_CHANGE_PASSWORD'],
    [{ ...ADA, username: 'grace' }, 'asks for no second factor'],
  ])('%j is answered on the page', async (form, said) => {
    expect(await attempt(form)).toContain(said)
  })

  test('shows the hint it was given, as text', async () => {
    const party = await relyingParty(server)
    const url = party.authorizeUrl({ login_hint: '"><script>ada@example.com' })
    const { page } = await new PlainBrowser().page(url)
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;ada@example.com"')
  })

  test('a browser that has signed in is not asked again, until it has to be or signs out', async () => {
    const party = await relyingParty(server)
    const browser = new PlainBrowser()
    await browser.submit(party.authorizeUrl(), ADA)
    await party.exchange(await browser.passThrough(party.authorizeUrl({ prompt: 'none' })))
    expect((await browser.page(party.authorizeUrl({ prompt: 'login' }))).page).toContain('Password')
    expect((await browser.page(party.authorizeUrl({ identity_provider: 'Corp' }))).page).toContain(
      'Kay'.toLowerCase(),
    )

    const logout = new URL(`${server.url}/logout?client_id=web&logout_uri=http://localhost:1/elsewhere`)
    expect((await browser.page(logout)).status).toBe(400)
    logout.searchParams.set('logout_uri', AFTER_LOGOUT)
    expect((await browser.passThrough(logout)).href).toBe(AFTER_LOGOUT)
    expect((await browser.page(party.authorizeUrl())).page).toContain('Password')
  })
})

describe('a federated provider', () => {
  test('vouches for a user, who is the same one every time', async () => {
    const party = await relyingParty(server)
    const url = party.authorizeUrl({ identity_provider: 'Corp' })
    const first = await party.exchange(await new PlainBrowser().submit(url, { sub: '007' }))
    const second = await party.exchange(await new PlainBrowser().submit(url, { sub: '007' }))
    const claims = decodeJwt(first.id_token ?? '')
    expect(claims).toMatchObject({
      'cognito:username': 'Corp_007',
      email: 'kay@corp.example',
      identities: [{ providerName: 'Corp', userId: '007' }],
    })
    expect(decodeJwt(second.id_token ?? '').sub).toBe(claims.sub)
  })

  test('that is the only one is gone to at once, and a no comes back as access_denied', async () => {
    const party = await relyingParty(server, 'corp-only')
    const callback = await new PlainBrowser().submit(party.authorizeUrl(), { deny: 'yes' })
    await expect(party.exchange(callback)).rejects.toMatchObject({ error: 'access_denied' })
  })
})

describe('the token endpoint', () => {
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  })

  test.each([
    ['no app client', {}, {}, 'invalid_client'],
    ['an unknown one', { client_id: 'nobody' }, {}, 'invalid_client'],
    ['no secret', { client_id: 'web-secret' }, {}, 'invalid_client'],
    ['a wrong secret', {}, basic('web-secret', 'wrong'), 'invalid_client'],
    ['two app clients', { client_id: 'web' }, basic('web-secret', SECRET), 'invalid_client'],
    ['no grant type', {}, basic('web-secret', SECRET), 'invalid_request'],
    [
      'no grant type, secret in the body',
      { client_id: 'web-secret', client_secret: SECRET },
      {},
      'invalid_request',
    ],
    ['another grant type', { client_id: 'web', grant_type: 'password' }, {}, 'unsupported_grant_type'],
    [
      'a token nobody has',
      { client_id: 'web', grant_type: 'refresh_token', refresh_token: 'x' },
      {},
      'invalid_grant',
    ],
  ])('%s: %j %j', async (_, form, headers, error) => {
    const response = await post('/oauth2/token', form, headers)
    expect([response.status, (await response.json()).error]).toEqual([400, error])
  })
})

test('revoking ends the sign-in, and takes refresh tokens alone', async () => {
  const party = await relyingParty(server)
  const tokens = await party.exchange(await new PlainBrowser().submit(party.authorizeUrl(), ADA))
  const wrong = await post('/oauth2/revoke', { client_id: 'web', token: tokens.access_token })
  expect(await wrong.json()).toEqual({ error: 'unsupported_token_type' })
  const sub = String(decodeJwt(tokens.access_token).sub)
  expect(await party.userInfo(tokens.access_token, sub)).toMatchObject({ email: 'ada@example.com' })
  await party.revoke(tokens.refresh_token ?? '')
  await party.revoke('not a token at all')
  await expect(party.refresh(tokens.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' })
  expect(await refusal(party.userInfo(tokens.access_token, sub))).toMatch(/challenge|error/i)
})

test('userInfo wants a token with the scope openid', async () => {
  const { accessToken } = await server.admin.grantTokens('web', 'ada')
  for (const authorization of ['', `Bearer ${accessToken}`, 'Bearer x.y.z']) {
    const response = await fetch(`${server.url}/oauth2/userInfo`, { headers: { authorization } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_(token|request)"/)
  }
})

test('the journal names what a browser and a client asked, and holds no secret', async () => {
  server.requests.clear()
  const party = await relyingParty(server, 'web-secret', SECRET)
  await party.exchange(await new PlainBrowser().submit(party.authorizeUrl(), ADA))
  const asked = server.requests.list().map(({ operation, clientId }) => [operation, clientId])
  expect(asked).toEqual([
    ['openid-configuration', undefined],
    ['authorize', 'web-secret'],
    ['login', 'web-secret'],
    ['login', 'web-secret'],
    ['token', 'web-secret'],
  ])
  expect(server.requests.count({ user: 'ada' })).toBe(1)
  expect(JSON.stringify(server.requests.list())).not.toContain(ADA.password)
})
