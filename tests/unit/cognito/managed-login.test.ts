import { describe, expect, it } from 'vitest'
import { authorizeAddress, hasDomain, logoutAddress } from '../../../main/cognito/managed-login/addresses.ts'
import { createCallbacks } from '../../../main/cognito/managed-login/callbacks.ts'
import { createManagedLogin } from '../../../main/cognito/managed-login/index.ts'
import { failed } from './sign-in-stage.ts'
import { profileOf, standingClock } from './support.ts'

const domain = 'https://login.example.com'
const callbackUrl = 'sesame://callback'
const profile = profileOf({ domain, callbackUrl })
const proofs = { state: 'state-1', nonce: 'nonce-1', codeChallenge: 'challenge-1' }

const authorize = (changes: Parameters<typeof profileOf>[0], wishes = {}) => {
  const changed = profileOf({ domain, callbackUrl, ...changes })
  if (!hasDomain(changed)) throw new Error('no domain')
  const url = new URL(authorizeAddress(changed, callbackUrl, proofs, wishes))
  return { base: url.origin + url.pathname, asked: Object.fromEntries(url.searchParams) }
}

describe('the address of the login page', () => {
  it('asks for a code with PKCE, state and nonce, and for all scopes unless the profile says which', () => {
    expect(authorize({})).toEqual({
      base: `${domain}/oauth2/authorize`,
      asked: {
        response_type: 'code',
        client_id: profile.clientId,
        redirect_uri: callbackUrl,
        state: 'state-1',
        nonce: 'nonce-1',
        code_challenge: 'challenge-1',
        code_challenge_method: 'S256',
      },
    })
  })

  it('carries scopes, provider and login hint', () => {
    const { asked } = authorize(
      { scopes: ['openid', 'email'], identityProvider: 'Google' },
      { loginHint: 'ana+x@example.com' },
    )
    expect(asked).toMatchObject({
      scope: 'openid email',
      identity_provider: 'Google',
      login_hint: 'ana+x@example.com',
    })
    expect(authorize({ identityProvider: 'Google' }, { identityProvider: 'Okta' }).asked).toMatchObject({
      identity_provider: 'Okta',
    })
  })
})

describe('the address that ends the browser session', () => {
  it.each([
    ['the callback URL unless the profile says otherwise', {}, callbackUrl],
    ['the sign-out URL of the profile', { logoutUrl: 'https://example.com/bye' }, 'https://example.com/bye'],
  ])('leads back to %s', (_, changes, back) => {
    const url = new URL(logoutAddress(profileOf({ domain, callbackUrl, ...changes })) ?? '')
    expect(url.origin + url.pathname).toBe(`${domain}/logout`)
    expect(Object.fromEntries(url.searchParams)).toEqual({ client_id: profile.clientId, logout_uri: back })
  })

  it.each([[{ domain }], [{ callbackUrl }]])('is not known with only %j', (changes) => {
    expect(logoutAddress(profileOf(changes))).toBeUndefined()
  })
})

describe('answers from a browser', () => {
  const waiting = async (state = 'state-1', at = callbackUrl) => {
    const callbacks = createCallbacks()
    const expected = await callbacks.expect(at, state)
    if (!expected.ok) throw new Error(expected.failure.code)
    return { callbacks, expected: expected.value }
  }

  it('are taken once, by callback URL and state', async () => {
    const { callbacks, expected } = await waiting()
    expect(callbacks.receive(`${callbackUrl}?code=1&state=state-1`)).toBe(true)
    expect((await expected.arrival).searchParams.get('code')).toBe('1')
    expect(callbacks.receive(`${callbackUrl}?code=2&state=state-1`)).toBe(false)
  })

  it.each([
    ['another state', `${callbackUrl}?code=1&state=state-2`],
    ['no state', `${callbackUrl}?code=1`],
    ['two states', `${callbackUrl}?code=1&state=state-1&state=state-1`],
    ['another path', 'sesame://callback/other?code=1&state=state-1'],
    ['another host', 'sesame://elsewhere?code=1&state=state-1'],
    ['another scheme', 'https://callback?code=1&state=state-1'],
    ['nonsense', 'not an address'],
  ])('with %s change nothing', async (_, url) => {
    const { callbacks } = await waiting()
    expect(callbacks.receive(url)).toBe(false)
    expect(callbacks.receive(`${callbackUrl}?code=1&state=state-1`)).toBe(true)
  })

  it('for a sign-in that nobody waits for any more change nothing', async () => {
    const { callbacks, expected } = await waiting()
    expected.release()
    expected.release()
    expect(callbacks.receive(`${callbackUrl}?code=1&state=state-1`)).toBe(false)
  })
})

describe('signing out in the browser', () => {
  it.each([
    ['on this machine', { logoutUrl: 'http://127.0.0.1:1/signed-out' }, /logout_uri=http%3A%2F%2F127/],
    ['by deep link', {}, /logout_uri=sesame/],
    ['elsewhere', { logoutUrl: 'https://example.com/bye' }, /logout_uri=https%3A%2F%2Fexample/],
  ])('leads back %s, whether or not somebody can wait there', async (_, changes, back) => {
    const login = createManagedLogin(standingClock())
    expect(await login.openLogout(profileOf({ domain, callbackUrl, ...changes }))).toMatch(back)
  })
})

describe('opening the login page', () => {
  it.each([
    ['config.no-domain', { callbackUrl }],
    ['config.callback-url', { domain }],
  ] as const)('is %s with only %j', async (code, changes) => {
    const login = createManagedLogin(standingClock())
    expect(await login.openManagedLogin(profileOf(changes), {})).toMatchObject(failed(code))
  })

  const opened = async () => {
    const clock = standingClock()
    const login = createManagedLogin(clock)
    const browser = await login.openManagedLogin(profile, {})
    if (!browser.ok) throw new Error(browser.failure.code)
    const { searchParams } = new URL(browser.value.url)
    return { clock, login, browser: browser.value, state: searchParams.get('state'), asked: searchParams }
  }

  it('asks with fresh secrets each time', async () => {
    const [one, other] = [await opened(), await opened()]
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.asked.get(name)?.length).toBeGreaterThan(40)
      expect(one.asked.get(name)).not.toBe(other.asked.get(name))
    }
  })

  it('runs out after ten minutes and takes no answer then', async () => {
    const { clock, login, browser, state } = await opened()
    expect(browser.expiresAt).toBe(clock.now() + 600_000)
    clock.advance(600_000)
    expect(await browser.arrival).toMatchObject(failed('sign-in.browser-timed-out'))
    expect(login.receiveCallback(`${callbackUrl}?code=1&state=${state}`)).toBe(false)
  })

  it('can be cancelled, and takes no answer then', async () => {
    const { login, browser, state } = await opened()
    browser.cancel()
    expect(await browser.arrival).toMatchObject(failed('sign-in.cancelled'))
    expect(login.receiveCallback(`${callbackUrl}?code=1&state=${state}`)).toBe(false)
  })

  it.each([
    ['sign-in.browser-denied', 'access_denied', 'User cancelled'],
    ['sign-in.lambda', 'invalid_request', 'PreSignUp failed with error No strangers.'],
    ['sign-in.browser-refused', 'invalid_scope', ''],
  ] as const)('tells %s where the page answers %s', async (code, error, description) => {
    const { login, browser, state } = await opened()
    const answer = new URLSearchParams({ error, error_description: description, state: state ?? '' })
    expect(login.receiveCallback(`${callbackUrl}?${answer}`)).toBe(true)
    const arrived = await browser.arrival
    if (!arrived.ok) throw new Error('expected an answer')
    const redeemed = await arrived.value.redeem({ profile, clientSecret: undefined })
    expect(redeemed).toMatchObject(failed(code, { detail: expect.stringContaining(error) }))
  })
})
