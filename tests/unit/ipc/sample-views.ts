// Profile views for tests of what shows or sends them.
import type { Profile } from '../../../main/profiles/profile.ts'
import type { ProfileView, SessionView, UnsavedView } from '../../../preload/views.ts'

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const sampleProfile = (n: number, settings: Partial<Profile> = {}): Profile => ({
  id: uuid(n),
  name: `profile ${n}`,
  environment: 'staging',
  userPoolId: 'eu-west-1_Ab12Cd34E',
  clientId: '4k2v0000000000000000009q1t',
  hasClientSecret: false,
  identityPoolId: 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
  signInMethod: 'srp',
  storage: 'keychain',
  refreshLeadSeconds: 300,
  refreshTokenLifetimeSeconds: 2_592_000,
  exportFormat: 'bash',
  availableToCommandLine: false,
  endpoints: {},
  ...settings,
})

export const liveSession = (at = 1_700_000_000_000, unsaved: UnsavedView = false): SessionView => ({
  status: 'active',
  username: 'ana',
  userId: '5f1cb09e-0000-4000-8000-000000000000',
  loginId: 'ana@acme.io',
  signedInAt: at,
  groups: ['editors', 'release-managers'],
  roles: ['arn:aws:iam::123456789012:role/orders-dev'],
  lifetimes: {
    tokens: { issuedAt: at, expiresAt: at + 3_600_000, refreshesAt: at + 3_300_000 },
    credentials: {
      obtainedAt: at,
      expiresAt: at + 3_600_000,
      roleArn: 'arn:aws:iam::123456789012:role/orders-dev',
    },
    refreshToken: { issuedAt: at, expiresAt: at + 2_592_000_000, rotates: true },
  },
  unsaved,
})

export const sampleView = (
  n: number,
  session: SessionView = { status: 'signed-out', revocationPending: false },
  settings: Partial<Profile> = {},
): ProfileView => ({ profile: sampleProfile(n, settings), region: 'eu-west-1', session })
