// "Why don't I get credentials?" on real parts: a pool, an identity pool and STS of our own, with one thing broken at a time.
import { expect, test } from 'vitest'
import { type PreflightStep, runPreflight } from '../../../main/credentials/preflight.ts'
import { type PreflightStepId, preflightSteps } from '../../../main/credentials/preflight-steps.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { IdentityPoolConfig } from '../../cognito-server/config.ts'
import { freePort } from '../free-port.ts'
import { password, poolId, readerRole, type Stage, stage } from '../sessions/support.ts'

const identityPoolId = 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef'
const elsewhere = 'arn:aws:iam::111122223333:role/Elsewhere'
const provider = { userPoolId: poolId, clientId: 'plain' }
const providerName = `cognito-idp.eu-west-1.amazonaws.com/${poolId}`
/** Nothing listens there. */
const nobody = `http://127.0.0.1:${await freePort()}`
const ids = Object.keys(preflightSteps)

interface Broken {
  readonly identityPool?: Partial<IdentityPoolConfig>
  readonly settings?: Partial<Profile>
  /** Nobody signs in. */
  readonly isSignedOut?: true
  /** How far the clock of the service is ahead of ours, from the start. */
  readonly aheadMs?: number
  /** What happens once somebody is signed in. */
  readonly after?: (world: Stage) => Promise<void> | void
}

const stepsOf = async (broken: Broken): Promise<readonly PreflightStep[]> => {
  const { identityPool, settings = {}, isSignedOut, aheadMs = 0, after } = broken
  const own = { id: identityPoolId, providers: [provider], roles: { authenticated: readerRole } }
  await using world = await stage('plain', { identityPools: [{ ...own, ...identityPool }] })
  const { server, profiles, profile, sessions, issuer } = world
  server.clock.advance(aheadMs)
  if (isSignedOut === undefined) {
    const step = await sessions.beginSignIn(profile.id, { username: 'ana', password })
    expect(step).toMatchObject({ ok: true, value: { kind: 'signed-in' } })
  }
  profiles.update(profile.id, {
    ...settings,
    endpoints: { ...profile.endpoints, ...settings.endpoints },
  })
  await after?.(world)
  return await runPreflight({ issuer, sessions }, profiles.get(profile.id) ?? profile)
}

/** All before it have passed, nothing after it was judged but the clock, which costs no question. */
const expectFailing = (steps: readonly PreflightStep[], failing: PreflightStepId): PreflightStep => {
  const at = ids.indexOf(failing)
  expect(steps.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(
    ids.map((id, index) => {
      if (index === at) return `${id} failed`
      return `${id} ${index < at || id === 'clock' ? 'passed' : 'skipped'}`
    }),
  )
  const step = steps[at]
  if (step === undefined) throw new Error(`no step ${failing}`)
  return step
}

test.each<[why: string, broken: Broken]>([
  ['all is well', {}],
  ['guests have no role', { identityPool: { allowUnauthenticated: true } }],
  ['a role of the token is asked for', { settings: { roleArn: readerRole } }],
  ['the clock is 4 minutes off', { aheadMs: 4 * 60_000 }],
  ['the credentials at hand are old', { after: ({ clock }) => clock.sleep(2 * 3_600_000) }],
  [
    'the basic flow is asked for and allowed',
    { identityPool: { allowClassicFlow: true }, settings: { credentialsFlow: 'basic' } },
  ],
  [
    'the basic flow is asked for a role that trusts the identity pool and is not in the token',
    {
      identityPool: { allowClassicFlow: true, trustingRoles: [elsewhere] },
      settings: { credentialsFlow: 'basic', roleArn: elsewhere },
    },
  ],
])('every step passes where %s', async (_why, broken) => {
  const steps = await stepsOf(broken)
  expect(steps.find(({ failure }) => failure)).toBeUndefined()
  expect(steps.map(({ id, outcome }) => [id, outcome])).toEqual(ids.map((id) => [id, 'passed']))
})

const offline = /could not be reached|network/i

test.each<[failing: PreflightStepId, why: string, broken: Broken, message: RegExp, remedy: RegExp]>([
  [
    'user-pool',
    'AWS knows no such pool',
    { isSignedOut: true, settings: { userPoolId: 'eu-west-1_Nowhere01' } },
    /pool/,
    /pool id/,
  ],
  ['user-pool', 'nothing answers', { settings: { endpoints: { userPool: nobody } } }, offline, /network/],
  ['token', 'nobody is signed in', { isSignedOut: true }, /Nobody is signed in/, /Sign in/],
  [
    'token',
    'it has expired, and the session was revoked elsewhere',
    {
      after({ server, clock }) {
        server.admin.signOutUser(poolId, 'ana')
        clock.sleep(2 * 3_600_000)
      },
    },
    /revoked|ended/,
    /Sign in again/,
  ],
  [
    'token',
    'the pool checks whether the sign-in still stands',
    {
      identityPool: { providers: [{ ...provider, serverSideTokenCheck: true }] },
      after: ({ server }) => server.admin.signOutUser(poolId, 'ana'),
    },
    /revoked|ended/,
    /Sign in again/,
  ],
  [
    'token',
    'its key is one that the pool has dropped',
    { after: ({ server }) => server.admin.rotateKeys(poolId, { dropOld: true }) },
    /signature could not be verified/,
    /Refresh the session/,
  ],
  [
    'client',
    'the identity pool has another user pool',
    { identityPool: { providers: [] } },
    /does not accept tokens of this user pool and app client/,
    new RegExp(`Add the provider ${providerName} with app client plain`),
  ],
  [
    'client',
    'the identity pool has another app client',
    { identityPool: { providers: [{ ...provider, clientId: 'rotating' }] } },
    /does not accept tokens of this user pool and app client/,
    new RegExp(`Add the provider ${providerName} with app client plain`),
  ],
  [
    'identity-pool',
    'its id is another one',
    { settings: { identityPoolId: 'eu-west-1:00000000-90ab-cdef-1234-567890abcdef' } },
    /does not know this identity pool in this region/,
    /Compare the identity pool id/,
  ],
  [
    'identity-pool',
    'its region is another one',
    { settings: { identityPoolId: identityPoolId.replace('eu-west-1', 'us-east-1') } },
    /does not know this identity pool in this region/,
    /Compare the identity pool id/,
  ],
  [
    'identity-pool',
    'the profile has none',
    { settings: { identityPoolId: undefined } },
    /has no identity pool/,
    /Enter the identity pool id/,
  ],
  [
    'identity-pool',
    'nothing answers',
    { settings: { endpoints: { identityPool: nobody } } },
    offline,
    /network/,
  ],
  [
    'identity-pool',
    'it allows the enhanced flow only',
    { settings: { credentialsFlow: 'basic' } },
    /does not allow the basic flow/,
    /Allow the basic \(classic\) flow/,
  ],
  [
    'role',
    'there is none for those signed in',
    { identityPool: { roles: { unauthenticated: readerRole } } },
    /has no role for this user/,
    /role settings/,
  ],
  [
    'role',
    'the mapping denies what it cannot decide',
    {
      identityPool: {
        providers: [{ ...provider, roleMapping: { type: 'rules', rules: [], ambiguous: 'deny' } }],
      },
    },
    /has no role for this user/,
    /role settings/,
  ],
  [
    'role',
    'it is not among cognito:roles',
    { settings: { roleArn: elsewhere } },
    /not among the token's roles/,
    /Choose one of the token's roles/,
  ],
  [
    'role',
    'its trust policy names another identity pool',
    {
      identityPool: { allowClassicFlow: true, roles: { authenticated: elsewhere } },
      settings: { credentialsFlow: 'basic', roleArn: readerRole },
    },
    /trust policy of the role refuses/,
    /trust policy/,
  ],
  [
    'role',
    'it allows less time than the profile asks for',
    {
      identityPool: { allowClassicFlow: true },
      settings: { credentialsFlow: 'basic', credentialsSeconds: 43_200 },
    },
    /does not allow credentials to live that long/,
    /Shorten "Credentials live"/,
  ],
  [
    'role',
    'STS refuses what it gave',
    {
      after: ({ server }) =>
        void server.faults.add({
          match: { operation: 'GetCallerIdentity', times: 'always' },
          fault: { kind: 'exception', type: 'InvalidClientTokenId', message: 'The token is invalid.' },
        }),
    },
    /AWS refuses these credentials/,
    /Refresh the credentials/,
  ],
  [
    'clock',
    'it is 20 minutes behind',
    { aheadMs: 20 * 60_000 },
    /clock of this machine is wrong/,
    /Set the clock/,
  ],
  [
    'clock',
    'it is 20 minutes ahead',
    { aheadMs: -20 * 60_000 },
    /clock of this machine is wrong/,
    /Set the clock/,
  ],
])('%s is named where %s', async (failing, _why, broken, message, remedy) => {
  const { failure } = expectFailing(await stepsOf(broken), failing)
  expect.soft(failure?.message).toMatch(message)
  expect(failure?.remedy).toMatch(remedy)
})
