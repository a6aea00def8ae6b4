// Owns the stand-in for main in the picture harness: runs in the page before the renderer and defines window.sesame with
// the mockup's world, changed by `?scenario=`. Talks to nothing.
import { ok } from '../../../main/failure.ts'
import type { AppView, ProfileView } from '../../../preload/views.ts'
import { fakeBridge } from '../../unit/renderer/fake-bridge.ts'
import { samplePreview } from '../../unit/renderer/import/sample-preview.ts'
import { sampleStep, stepNames } from '../../unit/renderer/sample-steps.ts'
import {
  manyProfiles,
  sampleActivity,
  sampleClaims,
  sampleCredentials,
  sampleFailure,
  sampleLive,
  sampleProfile,
  sampleProfiles,
  sampleView,
} from '../../unit/renderer/samples.ts'

const now = Date.now()
const parameters = new URLSearchParams(location.search)
const dark = parameters.get('theme') === 'dark'
const ana = sampleProfile(3, { name: 'acme-staging · ana', username: 'ana@acme.io' })

const withFirst = (first: ProfileView): Partial<AppView> => ({
  profiles: [...sampleProfiles(now).filter((view) => view.profile.id !== first.profile.id), first],
})

const scenarios: Record<string, () => Partial<AppView>> = {
  mockup: () => ({}),
  empty: () => ({ profiles: [] }),
  many: () => ({ profiles: manyProfiles(1_000, now) }),
  locked: () => ({
    vault: { kind: 'locked', backend: 'Secret Service' },
    profiles: sampleProfiles(now).map((view) => ({
      ...view,
      session: {
        status: 'unavailable',
        failure: sampleFailure({
          code: 'vault.locked',
          message: 'The keychain is locked. Your sessions are safe in it and cannot be read yet.',
          remedy: 'Unlock the login keyring, then retry.',
        }),
      },
    })),
  }),
  absent: () => ({ vault: { kind: 'absent', backend: 'Secret Service' } }),
  attention: () =>
    withFirst(
      sampleView(ana, {
        status: 'attention',
        ...sampleLive({}, now),
        failure: sampleFailure({
          code: 'config.client-secret',
          message: 'The app client secret of this profile is missing or not the right one.',
          remedy: "Enter the secret of this app client in the profile's settings.",
          detail:
            'NotAuthorizedException: Unable to verify secret hash for client 4k2v7c1m0p8s6d5f3g2h1j9q1t',
          requestId: '8f4f0a52-31f5-4a0c-b6f8-0d1c22f7a001',
        }),
      }),
    ),
  damaged: () => ({
    notices: [
      {
        id: 'profiles',
        tone: 'bad',
        failure: sampleFailure({
          code: 'profiles.damaged',
          message: 'The profiles file could not be read and was set aside.',
          remedy: 'Open the file named here to recover it, or add the profiles again.',
          detail: '/home/ana/.config/Sesame/profiles.json.damaged-2026-11-20',
        }),
      },
    ],
  }),
}

const scenario = parameters.get('scenario') ?? 'mockup'
const bridge = fakeBridge()
const base: AppView = {
  version: '0.1.0',
  host: 'electron',
  platform: 'linux',
  appearance: { theme: 'system', dark },
  endWarnings: 'all',
  profiles: sampleProfiles(now),
  vault: { kind: 'unlocked', backend: 'Secret Service' },
  clipboard: { clearsAt: now + 24_000, what: 'AWS credentials' },
  clockOffsetMs: 400,
  notices: [],
  ...scenarios[scenario]?.(),
}
bridge.answers('app.load', base)
bridge.answers('session.claims', sampleClaims(now))
bridge.answers('credentials.fetch', sampleCredentials(now))
bridge.answers('credentials.test', {
  account: '123456789012',
  arn: 'arn:aws:sts::123456789012:assumed-role/orders-dev/CognitoIdentityCredentials',
  userId: 'AROA:CognitoIdentityCredentials',
})
bridge.handles('session.activity', (id) => ok(sampleActivity(now, id)))
bridge.answers('session.copyToken', undefined)
bridge.answers('credentials.copy', undefined)
bridge.answers('session.refresh', undefined)
bridge.refuses('session.revealToken', 'session.none')

// Every step of a sign-in, by the second part of the picture's name.
const wanted = stepNames.find((name) => parameters.get('picture') === `step-${name}`)
if (wanted !== undefined) bridge.answers('signIn.begin', sampleStep(wanted, now))
bridge.answers('signIn.cancel', undefined)
bridge.holds('signIn.awaitBrowser')
bridge.answers('devices.list', [
  {
    key: 'eu-west-1_1',
    name: 'ana-laptop',
    lastSeenAt: now - 3_600_000,
    lastAddress: '203.0.113.7',
    isThisOne: true,
  },
  { key: 'eu-west-1_2', name: 'kiosk', lastSeenAt: now - 90_000_000, isThisOne: false },
])
bridge.answers('profiles.previewImport', samplePreview)
bridge.install()
