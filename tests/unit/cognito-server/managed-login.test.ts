import { expect, test } from 'vitest'
import { createServerClock } from '../../cognito-server/clock.ts'
import type { ClientConfig } from '../../cognito-server/config.ts'
import { Grants, provesChallenge } from '../../cognito-server/oauth/grants.ts'
import { systemRandom } from '../../cognito-server/random.ts'
import { createWorld } from '../../cognito-server/world.ts'

// RFC 7636, appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test.each([
  [CHALLENGE, VERIFIER, true],
  [CHALLENGE, `${VERIFIER.slice(0, -1)}l`, false],
  [CHALLENGE, undefined, false],
  [undefined, VERIFIER, false],
  [undefined, undefined, true],
  [CHALLENGE, CHALLENGE, false],
  [CHALLENGE, 'short', false],
])('the challenge %s with the verifier %s: %s', (challenge, verifier, proven) => {
  expect(provesChallenge(challenge, verifier)).toBe(proven)
})

test('a browser is remembered for an hour, or until it signs out', () => {
  const grants = new Grants(systemRandom)
  const session = { poolId: 'p', sub: 's', identityProvider: 'COGNITO' }
  const cookie = grants.rememberBrowser(session, 0)
  expect(grants.browser(cookie, 3_599_999)).toMatchObject(session)
  expect(grants.browser(cookie, 3_600_000)).toBeUndefined()
  grants.forgetBrowser(cookie)
  expect(grants.browser(cookie, 0)).toBeUndefined()
})

test.each([
  ['https://app.example.com/callback', true],
  ['http://localhost:3000/callback', true],
  ['http://127.0.0.1:3000/', true],
  ['http://[::1]:3000/', true],
  ['sesame://auth/callback', true],
  ['http://app.example.com/callback', false],
  ['https://app.example.com/#fragment', false],
])('%s may be a callback: %s', async (url, allowed) => {
  const client: ClientConfig = { id: 'web', callbackUrls: [url] }
  const outcome = createWorld(
    { pools: [{ id: 'eu-west-1_Any', clients: [client] }] },
    {
      clock: createServerClock(),
      random: systemRandom,
      url: 'http://127.0.0.1',
      issuerOf: (id) => id,
      srpToleranceSeconds: 300,
    },
  )
  const isAllowed = await outcome.then(
    () => true,
    (error: unknown) => !(error instanceof RangeError),
  )
  expect(isAllowed).toBe(allowed)
})
