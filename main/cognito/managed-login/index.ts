// Owns signing in at a pool's login page in the system browser: authorization code with PKCE, state and nonce. Refuses to know how a
// browser is opened (desktop/) or what becomes of the tokens (sessions/).
import { type Failure, fail, failure, ok, type Result } from '../../failure.ts'
import type { BrowserReturn, BrowserSignIn, Clock, ManagedLogin, TokenGrant } from '../../sessions/ports.ts'
import { safeDetail } from '../errors.ts'
import { tokensIn } from '../tokens.ts'
import { authorizeAddress, hasDomain, logoutAddress, logoutUrlOf } from './addresses.ts'
import { createCallbacks } from './callbacks.ts'
import { type Redemption, redeemCode } from './token-endpoint.ts'

/** Long enough for a provider's own second factor. */
const lifetimeMs = 10 * 60_000
/** A redirect or two; nobody types anything. */
const signOutMs = 60_000

/** An error in place of a code (RFC 6749, section 4.1.2.1). Cognito's triggers answer by `invalid_request` with their words. */
const refusalIn = (answer: URLSearchParams): Failure | undefined => {
  const error = answer.get('error')
  if (error === null) return undefined
  const description = answer.get('error_description') ?? ''
  const detail = safeDetail([error, description].filter((part) => part !== '').join(': '))
  if (error === 'access_denied') return failure('sign-in.browser-denied', { detail })
  if (/failed with error/i.test(description)) return failure('sign-in.lambda', { detail })
  return failure('sign-in.browser-refused', { detail })
}

const redeem = async (
  clock: Clock,
  redemption: Redemption,
  ...[access]: Parameters<BrowserReturn['redeem']>
): Promise<Result<TokenGrant>> => {
  const refusal = refusalIn(redemption.answer)
  if (refusal !== undefined) return { ok: false, failure: refusal }
  const answer = await redeemCode(clock, access, redemption)
  if (!answer.ok) return answer
  const tokens = tokensIn(answer.value)
  if (!tokens.ok) return tokens
  return ok({ tokens: tokens.value, clockOffsetMs: answer.value.clockOffsetMs })
}

export const createManagedLogin = (clock: Clock): ManagedLogin => {
  const callbacks = createCallbacks()
  return {
    receiveCallback: (url) => callbacks.receive(url),

    async openLogout(profile) {
      const address = logoutAddress(profile)
      const back = logoutUrlOf(profile)
      if (address === undefined || back === undefined) return undefined
      // Without somebody there the browser would end at an error, after a sign-out that worked.
      const expected = await callbacks.expectSignedOut(back)
      if (expected === undefined) return address
      const timer = clock.after(signOutMs, () => expected.release())
      const cameBack = async (): Promise<void> => {
        await expected.arrival
        timer[Symbol.dispose]()
        expected.release()
      }
      void cameBack()
      return address
    },

    async openManagedLogin(profile, wishes): Promise<Result<BrowserSignIn>> {
      const { callbackUrl } = profile
      if (!hasDomain(profile)) return fail('config.no-domain', { field: 'domain' })
      if (callbackUrl === undefined) return fail('config.callback-url', { field: 'callbackUrl' })
      const oauth = await import('oauth4webapi')
      const codeVerifier = oauth.generateRandomCodeVerifier()
      const proofs = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        codeChallenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      }
      const expected = await callbacks.expect(callbackUrl, proofs.state)
      if (!expected.ok) return expected

      const { promise: arrival, resolve } = Promise.withResolvers<Result<BrowserReturn>>()
      const settle = (result: Result<BrowserReturn>): void => {
        resolve(result)
        timer[Symbol.dispose]()
        expected.value.release()
      }
      const timer = clock.after(lifetimeMs, () => settle(fail('sign-in.browser-timed-out')))
      const arrived = async (): Promise<void> => {
        const { searchParams: answer } = await expected.value.arrival
        const { state, nonce } = proofs
        const redemption = { answer, state, nonce, codeVerifier, callbackUrl }
        settle(ok({ redeem: (access) => redeem(clock, redemption, access) }))
      }
      void arrived()
      return ok({
        url: authorizeAddress(profile, callbackUrl, proofs, wishes),
        expiresAt: clock.now() + lifetimeMs,
        arrival,
        cancel: () => settle(fail('sign-in.cancelled')),
      })
    },
  }
}
