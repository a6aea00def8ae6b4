import { describe, expect, test } from 'vitest'
import { fail, ok, type Result } from '../../../main/failure.ts'
import type { BrowserReturn, TokenGrant } from '../../../main/sessions/ports.ts'
import { failureOf, fakeProfile, fakeTokens, minutes, sessionIn, settle, valueOf, world } from './fakes.ts'

const domain = 'https://login.example.com'

/** A world whose issuer hands out browser sign-ins to steer by hand. */
const browserWorld = (options: Parameters<typeof world>[0] = {}) => {
  const opened: string[] = []
  const w = world({
    openUrl: (url) => {
      opened.push(url)
      return Promise.resolve(true)
    },
    all: [fakeProfile({ domain, username: 'ana@acme.io' })],
    ...options,
  })
  const grant = (): Result<TokenGrant> =>
    ok({
      tokens: fakeTokens({ issuedAt: w.clock.now(), claims: { email: 'ana@acme.io' } }),
      clockOffsetMs: 0,
    })
  const next = () => {
    const { promise, resolve } = Promise.withResolvers<Result<BrowserReturn>>()
    let isCancelled = false
    w.issuer.does.openManagedLogin.next(
      ok({
        url: `${domain}/oauth2/authorize`,
        expiresAt: w.clock.now() + 10 * minutes,
        arrival: promise,
        cancel: () => {
          isCancelled = true
          resolve(fail('sign-in.cancelled'))
        },
      }),
    )
    return {
      arrive: (redeemed: Result<TokenGrant> = grant()) =>
        resolve(ok({ redeem: () => Promise.resolve(redeemed) })),
      runOut: () => resolve(fail('sign-in.browser-timed-out')),
      get isCancelled() {
        return isCancelled
      },
    }
  }
  const open = async (id = w.profile.id) => {
    const browser = next()
    const step = valueOf(await w.sessions.openBrowser(id))
    if (step.kind !== 'browser') throw new Error(`expected to wait for the browser, got ${step.kind}`)
    return { browser, step }
  }
  return { w, opened, next, open }
}

describe('a browser sign-in', () => {
  test('opens the browser and becomes a session when it comes back', async () => {
    const { w, opened, open } = browserWorld()
    const { browser, step } = await open()
    expect(step).toMatchObject({
      url: `${domain}/oauth2/authorize`,
      isOpen: true,
      step: 2,
      username: 'ana@acme.io',
      expiresAt: w.clock.now() + 10 * minutes,
    })
    expect(opened).toEqual([step.url])
    const outcome = w.sessions.awaitBrowser(step.attemptId)
    browser.arrive()
    expect(await outcome).toEqual(ok({ kind: 'signed-in' }))
    sessionIn(w, 'active')
    expect(w.vault.records.get(w.profile.id)?.signInDetails).toEqual({
      loginId: 'ana@acme.io',
      authFlowType: 'BROWSER',
    })
  })

  test('is what a profile with that method begins with', async () => {
    const { w, next } = browserWorld({ all: [fakeProfile({ domain, signInMethod: 'browser' })] })
    next()
    const step = valueOf(await w.sessions.beginSignIn(w.profile.id, { username: '' }))
    expect(step).toMatchObject({ kind: 'browser' })
    expect(w.issuer.does.signIn.asked).toEqual([])
  })

  test('that came back before anybody waited is told all the same, once', async () => {
    const { w, open } = browserWorld()
    const { browser, step } = await open()
    browser.arrive()
    await settle()
    sessionIn(w, 'active')
    expect(await w.sessions.awaitBrowser(step.attemptId)).toEqual(ok({ kind: 'signed-in' }))
    expect(failureOf(await w.sessions.awaitBrowser(step.attemptId)).code).toBe('sign-in.attempt-not-found')
  })

  test('without a browser to open shows the address to copy', async () => {
    const { w, next } = browserWorld({ openUrl: () => Promise.resolve(false) })
    next()
    expect(valueOf(await w.sessions.openBrowser(w.profile.id))).toMatchObject({ isOpen: false })
  })

  test('several wait at once, each for its own', async () => {
    const all = [fakeProfile({ domain }), fakeProfile({ domain })]
    const { w, open } = browserWorld({ all })
    const [one, other] = [await open(all[0]?.id), await open(all[1]?.id)]
    other.browser.arrive()
    expect(await w.sessions.awaitBrowser(other.step.attemptId)).toEqual(ok({ kind: 'signed-in' }))
    sessionIn(w, 'active', all[1]?.id)
    sessionIn(w, 'signed-out', all[0]?.id)
    one.browser.arrive()
    expect(await w.sessions.awaitBrowser(one.step.attemptId)).toEqual(ok({ kind: 'signed-in' }))
  })

  test('that is cancelled stops listening, and says so to who waits', async () => {
    const { w, open } = browserWorld()
    const { browser, step } = await open()
    const outcome = w.sessions.awaitBrowser(step.attemptId)
    w.sessions.cancelSignIn(step.attemptId)
    expect(browser.isCancelled).toBe(true)
    expect(failureOf(await outcome).code).toBe('sign-in.cancelled')
    expect(w.sessions.activity(w.profile.id)).toEqual([])
  })

  test('that is cancelled while its code is redeemed leaves no session behind, here or at Cognito', async () => {
    const { w, open } = browserWorld()
    const { step, browser } = await open()
    const outcome = w.sessions.awaitBrowser(step.attemptId)
    const tokens = fakeTokens({ issuedAt: w.clock.now(), refreshToken: 'unwanted' })
    browser.arrive(ok({ tokens }))
    w.sessions.cancelSignIn(step.attemptId)
    expect(failureOf(await outcome).code).toBe('sign-in.cancelled')
    await settle()
    expect(w.issuer.revoked).toEqual(['unwanted'])
    expect(w.vault.records.size).toBe(0)
  })

  test('that runs out says so', async () => {
    const { w, open } = browserWorld()
    const { step, browser } = await open()
    const outcome = w.sessions.awaitBrowser(step.attemptId)
    await w.clock.advance(10 * minutes)
    browser.runOut()
    expect(failureOf(await outcome).code).toBe('sign-in.browser-timed-out')
    expect(w.sessions.activity(w.profile.id)).toMatchObject([{ kind: 'sign-in-failed' }])
  })

  test('that fails is told with its reason', async () => {
    const { w, open } = browserWorld()
    const { step, browser } = await open()
    browser.arrive(fail('sign-in.browser-mismatch'))
    expect(failureOf(await w.sessions.awaitBrowser(step.attemptId)).code).toBe('sign-in.browser-mismatch')
  })

  test('goes with its profile, and with the app', async () => {
    const { w, open } = browserWorld()
    const first = await open()
    w.profiles.update(w.profile.id, { clientId: 'another0client' })
    expect(first.browser.isCancelled).toBe(true)
    const second = await open()
    await w.sessions.stop()
    expect(second.browser.isCancelled).toBe(true)
  })
})

describe("the browser's own session", () => {
  const signedIn = async () => {
    const stage = browserWorld()
    const { browser, step } = await stage.open()
    browser.arrive()
    await stage.w.sessions.awaitBrowser(step.attemptId)
    return stage
  }

  test('is named among what survives a sign-out, and can be ended', async () => {
    const { w, opened } = await signedIn()
    expect(valueOf(await w.sessions.signOut(w.profile.id))).toMatchObject({ browserSessionRemains: true })
    expect(await w.sessions.signOutBrowser(w.profile.id)).toEqual(ok(undefined))
    expect(opened.at(-1)).toBe(`${domain}/logout`)
  })

  test('is not there after a password', async () => {
    const { w } = browserWorld()
    await w.signIn()
    expect(valueOf(await w.sessions.signOut(w.profile.id))).not.toHaveProperty('browserSessionRemains')
  })

  test('cannot be ended without a domain or without a browser', async () => {
    const none = world()
    expect(failureOf(await none.sessions.signOutBrowser(none.profile.id)).code).toBe('config.no-domain')
    const { w } = browserWorld({ openUrl: () => Promise.resolve(false) })
    expect(failureOf(await w.sessions.signOutBrowser(w.profile.id)).code).toBe('sign-in.browser-not-opened')
  })
})
