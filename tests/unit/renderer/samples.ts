// Owns sample views for the renderer's tests and its picture harness: the world of the mockups, at 14:53:50.
import type { Failure } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type {
  ActivityEvent,
  AppView,
  ClaimsView,
  CredentialsView,
  ProfileView,
  SessionView,
} from '../../../preload/views.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Friday 20 November 2026, 14:53:50 local time. */
export const sampleNow = new Date(2026, 10, 20, 14, 53, 50).getTime()

/** A well-formed profile id. */
export const sampleId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A profile of the mockup's staging pool, unless changed. */
export const sampleProfile = (n: number, changes: Partial<Profile> = {}): Profile => ({
  id: sampleId(n),
  name: `profile ${n}`,
  environment: 'staging',
  userPoolId: 'eu-west-1_Qx7Ab91c',
  clientId: '4k2v7c1m0p8s6d5f3g2h1j9q1t',
  hasClientSecret: false,
  identityPoolId: 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
  signInMethod: 'srp',
  storage: 'keychain',
  refreshLeadSeconds: 300,
  refreshTokenLifetimeSeconds: 30 * 24 * 3_600,
  exportFormat: 'bash',
  availableToCommandLine: false,
  endpoints: {},
  ...changes,
})

export type Live = Omit<Extract<SessionView, { status: 'active' }>, 'status'>

/** What a session with tokens shows: 48 minutes left, refreshing at 15:37, credentials until 15:49:02, two days to go. */
export const sampleLive = (changes: Partial<Live> = {}, now = sampleNow): Live => {
  const expiresAt = now + 48 * minute + 20_000
  return {
    username: 'ana',
    userId: '5f1c2d3e-8a4b-4c1d-9e2f-0a1b2c3db09e',
    loginId: 'ana@acme.io',
    signedInAt: now - (5 * hour + 41 * minute + 10_000),
    groups: ['editors', 'release-managers'],
    roles: ['arn:aws:iam::123456789012:role/orders-dev', 'arn:aws:iam::123456789012:role/orders-read'],
    lifetimes: {
      tokens: { issuedAt: expiresAt - hour, expiresAt, refreshesAt: expiresAt - 5 * minute },
      credentials: {
        obtainedAt: now - 4 * minute - 48_000,
        expiresAt: now + 55 * minute + 12_000,
        roleArn: 'arn:aws:iam::123456789012:role/orders-dev',
      },
      refreshToken: {
        issuedAt: now + 2 * day + 4 * hour - 30 * day,
        expiresAt: now + 2 * day + 4 * hour,
        rotates: true,
      },
    },
    unsaved: false,
    ...changes,
  }
}

export const sampleFailure = (changes: Partial<Failure> = {}): Failure => ({
  code: 'network.offline',
  message: 'The endpoint could not be reached.',
  remedy: 'Check the network; Sesame tries again by itself.',
  ...changes,
})

export const sampleView = (profile: Profile, session: SessionView): ProfileView => ({
  profile,
  region: profile.userPoolId.split('_')[0] ?? '',
  session,
})

/** The six profiles of the mockup. */
export const sampleProfiles = (now = sampleNow): ProfileView[] => {
  const prod = { environment: 'production', userPoolId: 'eu-west-1_Zk3Lm0aa' } as const
  return [
    sampleView(sampleProfile(1, { name: 'acme-prod · support', username: 'support@acme.io', ...prod }), {
      status: 'active',
      ...sampleLive({ username: 'support', loginId: 'support@acme.io' }, now + 4 * minute),
    }),
    sampleView(
      sampleProfile(2, {
        name: 'northwind-prod',
        environment: 'production',
        userPoolId: 'us-east-1_Nw01aaaa',
        username: 'ops',
      }),
      {
        status: 'ended',
        username: 'ops',
        failure: sampleFailure({
          code: 'session.revoked',
          message: 'This session was revoked, here or on another device.',
          remedy: 'Sign in again.',
          requestId: '8f4f0a52-31f5-4a0c-b6f8-0d1c22f7a001',
        }),
      },
    ),
    sampleView(sampleProfile(3, { name: 'acme-staging · ana', username: 'ana@acme.io' }), {
      status: 'active',
      ...sampleLive({}, now),
    }),
    sampleView(sampleProfile(4, { name: 'acme-staging · auditor', username: 'auditor@acme.io' }), {
      status: 'offline',
      ...sampleLive({ username: 'auditor', loginId: 'auditor@acme.io' }, now - 20 * minute),
      failure: sampleFailure({ detail: 'getaddrinfo ENOTFOUND cognito-idp.eu-west-1.amazonaws.com' }),
      retryAt: now + 4 * minute + 11_000,
    }),
    sampleView(
      sampleProfile(5, {
        name: 'local demo pool',
        environment: 'development',
        userPoolId: 'local_demo1',
        endpoints: { userPool: 'http://127.0.0.1:9229', identityPool: 'http://127.0.0.1:9230' },
        username: 'dana',
        exportFormat: 'json',
      }),
      { status: 'refreshing', ...sampleLive({ username: 'dana', loginId: 'dana' }, now - 42 * minute) },
    ),
    sampleView(
      sampleProfile(6, {
        name: 'kiosk-dev',
        environment: 'development',
        userPoolId: 'eu-central-1_Kk1oskDev',
        identityPoolId: undefined,
      }),
      { status: 'signed-out', revocationPending: false },
    ),
  ]
}

/** What `app.load` answers in the mockup's world. */
export const sampleAppView = (changes: Partial<AppView> = {}, now = sampleNow): AppView => ({
  version: '0.1.0',
  host: 'electron',
  platform: 'linux',
  appearance: { theme: 'system', dark: false },
  endWarnings: 'all',
  profiles: sampleProfiles(now),
  vault: { kind: 'unlocked', backend: 'Secret Service' },
  clipboard: {},
  clockOffsetMs: 400,
  notices: [],
  ...changes,
})

/** Many profiles, spread over the environments and the states. */
export const manyProfiles = (count: number, now = sampleNow): ProfileView[] =>
  Array.from({ length: count }, (_, i) => {
    const environment = (['production', 'staging', 'development', 'other'] as const)[i % 4] ?? 'other'
    const profile = sampleProfile(i + 1, {
      name: `tenant-${String(i).padStart(4, '0')}-${environment}`,
      environment,
      username: `user${i}@tenant-${i}.example`,
    })
    const live = sampleLive({ loginId: `user${i}@tenant-${i}.example` }, now + (i % 50) * minute)
    if (i % 7 === 0) return sampleView(profile, { status: 'signed-out', revocationPending: false })
    if (i % 11 === 0)
      return sampleView(profile, {
        status: 'offline',
        ...live,
        failure: sampleFailure(),
        retryAt: now + minute,
      })
    return sampleView(profile, { status: 'active', ...live })
  })

const seconds = (instant: number): number => Math.floor(instant / 1_000)

/** The tokens of "acme-staging · ana". */
export const sampleClaims = (now = sampleNow): ClaimsView => {
  const live = sampleLive({}, now)
  const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Qx7Ab91c'
  const common = {
    sub: live.userId,
    iss: issuer,
    origin_jti: '0d6f5f2e-5e7c-4f3a-8f0e-3d9a6c1b7a52',
    event_id: '1b7f2f64-0d0a-4a5e-9a39-cb5f0a6f8e11',
    auth_time: seconds(live.signedInAt),
    iat: seconds(live.lifetimes.tokens.issuedAt),
    exp: seconds(live.lifetimes.tokens.expiresAt),
    'cognito:groups': live.groups,
  }
  return {
    id: {
      header: { kid: 'Gx2k1p0d8Qm9', alg: 'RS256' },
      payload: {
        ...common,
        aud: '4k2v7c1m0p8s6d5f3g2h1j9q1t',
        'cognito:username': 'ana',
        'cognito:roles': live.roles,
        'cognito:preferred_role': 'arn:aws:iam::123456789012:role/orders-dev',
        email: 'ana@acme.io',
        email_verified: true,
        'custom:tenant': 'acme-eu',
        token_use: 'id',
        jti: 'c1a6a3f0-7d52-4b1c-8a70-5be1b2f0d3a4',
      },
      verification: { kind: 'verified' },
    },
    access: {
      header: { kid: 'b7Lw3e9fTz2s', alg: 'RS256' },
      payload: {
        ...common,
        client_id: '4k2v7c1m0p8s6d5f3g2h1j9q1t',
        scope: 'openid email orders/read',
        username: 'ana',
        token_use: 'access',
        version: 2,
        jti: '8d0a4c52-2f0e-4b8b-9c3d-6e1f0a9b77c2',
      },
      verification: { kind: 'verified' },
    },
    expected: { issuer, clientId: '4k2v7c1m0p8s6d5f3g2h1j9q1t' },
  }
}

const dots = (count: number): string => '•'.repeat(count)

export const sampleCredentials = (now = sampleNow): CredentialsView => ({
  accessKeyId: 'ASIAQX7AB91CEXMP4QJ2',
  roleArn: 'arn:aws:iam::123456789012:role/orders-dev',
  identityId: 'eu-west-1:0f9c3a4e-7b21-4e0d-9a5f-2f6c1f0e7d11',
  obtainedAt: now - 4 * minute - 48_000,
  expiresAt: now + 55 * minute + 12_000,
  region: 'eu-west-1',
  preview: {
    bash: `export AWS_ACCESS_KEY_ID=ASIA${dots(12)}4QJ2\nexport AWS_SECRET_ACCESS_KEY=${dots(40)}\nexport AWS_SESSION_TOKEN=${dots(32)} (1 184 characters)\nexport AWS_REGION=eu-west-1`,
    json: `{\n  "AccessKeyId": "ASIA${dots(12)}4QJ2",\n  "SecretAccessKey": "${dots(40)}",\n  "SessionToken": "${dots(32)} (1 184 characters)",\n  "Region": "eu-west-1"\n}`,
  },
})

export const sampleActivity = (now = sampleNow, profileId = sampleId(3)): ActivityEvent[] => [
  { id: 'a7', profileId, at: now - 20_000, kind: 'exported', detail: 'as bash' },
  {
    id: 'a6',
    profileId,
    at: now - 4 * minute - 48_000,
    kind: 'credentials-issued',
    detail: 'orders-dev',
    durationMs: 84,
  },
  { id: 'a5', profileId, at: now - 11 * minute, kind: 'rotated' },
  {
    id: 'a4',
    profileId,
    at: now - 11 * minute - 100,
    kind: 'refreshed',
    durationMs: 120,
    requestId: '5a1f9be0-1f0e-4c8f-8f4f-1d2f6d3c9e77',
  },
  {
    id: 'a3',
    profileId,
    at: now - 66 * minute,
    kind: 'refresh-failed',
    durationMs: 10_003,
    failure: sampleFailure(),
  },
  { id: 'a2', profileId, at: now - 2 * hour, kind: 'token-copied', detail: 'access token' },
  {
    id: 'a1',
    profileId,
    at: now - (5 * hour + 41 * minute + 10_000),
    kind: 'signed-in',
    detail: 'by SRP',
    durationMs: 412,
  },
]
