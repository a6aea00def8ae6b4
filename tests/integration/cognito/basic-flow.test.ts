// Credentials for up to 12 hours, through STS.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { CredentialsSource, Issuer } from '../../../main/sessions/ports.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { accessTo, grantOf, portsOf, valueOf } from './support.ts'

const clientId = '4plainplainplainplainplain'
const userPoolId = 'eu-west-1_Test0Pool'
const identityPoolId = 'eu-central-1:12345678-90ab-cdef-1234-567890abcdef'
const hourOnly = 'eu-central-1:32345678-90ab-cdef-1234-567890abcdef'
const enhancedOnly = 'eu-central-1:22345678-90ab-cdef-1234-567890abcdef'
const reader = 'arn:aws:iam::111122223333:role/Reader'
const admin = 'arn:aws:iam::111122223333:role/Admin'
const twelveHours = 43_200

let server: CognitoServer
let issuer: Issuer
let source: CredentialsSource
beforeEach(async () => {
  const shared = {
    providers: [{ userPoolId, clientId }],
    roles: { authenticated: reader },
    trustingRoles: [admin],
  }
  server = await startCognitoServer({
    pools: [
      {
        id: userPoolId,
        clients: [{ id: clientId }],
        groups: [{ name: 'admins', precedence: 1, roleArn: admin }],
        users: [
          { username: 'ana', password: 'Correct-Horse-9', groups: ['admins'] },
          { username: 'ben', password: 'Correct-Horse-9' },
        ],
      },
    ],
    identityPools: [
      { ...shared, id: identityPoolId, allowClassicFlow: true, longestRoleSessionSeconds: twelveHours },
      { ...shared, id: hourOnly, allowClassicFlow: true },
      { ...shared, id: enhancedOnly },
    ],
  })
  ;({ issuer, source } = portsOf())
})
afterEach(() => server.close())

const fetched = async (settings: Partial<Profile>, username = 'ana') => {
  const access = accessTo(server.url, {
    userPoolId,
    clientId,
    identityPoolId,
    credentialsFlow: 'basic',
    ...settings,
  })
  const signedIn = grantOf(await issuer.signIn(access, { username, password: 'Correct-Horse-9' }))
  const { profile } = access
  const input = { idToken: signedIn.tokens.idToken, roleArn: profile.roleArn, identityId: undefined }
  return { profile, result: await source.fetch(profile, input) }
}

it('gives credentials of the role that the token prefers, for as long as the profile asks', async () => {
  const { profile, result } = await fetched({ credentialsSeconds: twelveHours })
  const { credentials } = valueOf(result)
  expect(Math.abs(credentials.expiresAt - server.clock.now() - twelveHours * 1_000)).toBeLessThan(5_000)
  expect(credentials.roleArn).toBe(admin)
  const { arn } = valueOf(await source.callerIdentity(profile, credentials))
  expect(arn).toBe('arn:aws:sts::111122223333:assumed-role/Admin/CognitoIdentityCredentials')
})

it.each([900, 3_600, 7_200, twelveHours])(
  'gives credentials for %d s where the role allows it',
  async (seconds) => {
    const { credentials } = valueOf((await fetched({ credentialsSeconds: seconds })).result)
    expect(Math.abs(credentials.expiresAt - server.clock.now() - seconds * 1_000)).toBeLessThan(5_000)
  },
)

it.each([3_601, twelveHours])(
  'names the setting and the way out where %d s are too long for the role',
  async (seconds) => {
    const { result } = await fetched({ identityPoolId: hourOnly, credentialsSeconds: seconds })
    expect(result).toMatchObject({
      failure: {
        code: 'credentials.duration',
        field: 'credentialsSeconds',
        remedy: expect.stringMatching(/Shorten "Credentials live".*maximum session duration/),
        detail: expect.stringContaining('MaxSessionDuration'),
      },
    })
  },
)

it('gives credentials of the role that the profile names, for an hour unless it says otherwise', async () => {
  const { result } = await fetched({ roleArn: reader })
  const { credentials } = valueOf(result)
  expect(credentials.roleArn).toBe(reader)
  expect(Math.abs(credentials.expiresAt - server.clock.now() - 3_600_000)).toBeLessThan(5_000)
})

it.each([
  [
    'credentials.basic-flow-off',
    'the pool allows the enhanced flow only',
    { identityPoolId: enhancedOnly },
    'ana',
  ],
  [
    'credentials.role',
    'the role does not trust the pool',
    { roleArn: 'arn:aws:iam::111122223333:role/Other' },
    'ana',
  ],
  [
    'credentials.duration',
    'the role does not allow so long',
    { identityPoolId: hourOnly, credentialsSeconds: twelveHours },
    'ana',
  ],
  ['credentials.role-unknown', 'neither profile nor token names a role', {}, 'ben'],
])('fails with %s where %s', async (code, _, settings, username) => {
  expect((await fetched(settings, username)).result).toMatchObject({ ok: false, failure: { code } })
})
