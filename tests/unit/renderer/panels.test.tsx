// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { failure, ok } from '../../../main/failure.ts'
import type { ClaimsView, ProfileView } from '../../../preload/views.ts'
import { copiedBy } from './copied.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { mountApp } from './render.tsx'
import {
  sampleActivity,
  sampleAppView,
  sampleClaims,
  sampleCredentials,
  sampleId,
  sampleLive,
  sampleProfile,
  sampleView,
} from './samples.ts'

const now = Date.now()
const ana = (changes: Parameters<typeof sampleProfile>[1] = {}): ProfileView =>
  sampleView(sampleProfile(3, { name: 'acme-staging · ana', ...changes }), {
    status: 'active',
    ...sampleLive({}, now),
  })

const openTab = async (
  tab: string,
  prepare: (bridge: FakeBridge) => void = () => {},
  view: ProfileView = ana(),
) => {
  const mounted = await mountApp(sampleAppView({ profiles: [view] }, now), prepare)
  await mounted.user.click(screen.getByRole('tab', { name: tab }))
  return mounted
}

const row = (table: HTMLElement, claim: string) =>
  within(table).getByRole('rowheader', { name: claim }).closest('tr')?.textContent

describe('Claims', () => {
  const claims = sampleClaims(now)
  const open = (value: ClaimsView = claims) =>
    openTab('Claims', (bridge) => bridge.answers('session.claims', value))

  it('shows both tokens side by side, explained and checked', async () => {
    await open()
    const id = await screen.findByRole('table', { name: /ID token/ })
    const access = screen.getByRole('table', { name: /Access token/ })
    expect(row(id, 'sub')).toBe('sub5f1c…b09eUnique, permanent user id')
    expect(row(id, 'email')).toBe('emailana@acme.ioverifiedE-mail address')
    expect(row(id, 'iss')).toBe("isscognito-idp.eu-west-1…Qx7Ab91cMatches this profile's pool")
    expect(row(id, 'custom:tenant')).toBe('custom:tenantacme-euCustom attribute')
    expect(row(id, 'exp')).toMatch(/in 4[78] min$/)
    expect(row(access, 'client_id')).toContain("Matches this profile's app client")
    expect(row(access, 'scope')).toBe('scopeopenidemailorders/readWhat this token may be used for')
    expect(within(id).queryByRole('rowheader', { name: 'email_verified' })).toBeNull()
    expect(screen.getAllByText('Signature verified')).toHaveLength(2)
  })

  it('says plainly that a signature was refused, and why', async () => {
    await open({
      ...claims,
      id: { ...claims.id, verification: { kind: 'refused', reason: 'No key of the pool fits.' } },
      access: { ...claims.access, verification: { kind: 'unchecked', reason: 'The keys are out of reach.' } },
    })
    expect(await screen.findByText('Signature refused')).toBeDefined()
    expect(screen.getByText('No key of the pool fits.')).toBeDefined()
    expect(screen.getByText('Signature not checked')).toBeDefined()
    expect(screen.getByText('The keys are out of reach.')).toBeDefined()
  })

  it('filters both tables', async () => {
    const { user } = await open()
    const id = await screen.findByRole('table', { name: /ID token/ })
    await user.type(screen.getByRole('searchbox', { name: 'Filter claims' }), 'custom')
    expect(within(id).getAllByRole('row')).toHaveLength(1)
    expect(screen.getByText('No claim matches the filter.')).toBeDefined()
  })

  it('shows the same as JSON, and the token itself only when asked', async () => {
    const { bridge, user } = await open()
    bridge.answers('session.revealToken', 'eyJhbGciOi.eyJzdWIi.c2ln')
    await user.click(await screen.findByRole('radio', { name: 'JSON' }))
    const json: unknown = JSON.parse(
      screen.getByRole('region', { name: 'ID token as JSON' }).textContent ?? '',
    )
    expect(json).toEqual({ header: claims.id.header, payload: claims.id.payload })
    expect(bridge.callsOf('session.revealToken')).toEqual([])
    const id = screen.getByRole('region', { name: 'ID token' })
    expect(await copiedBy(() => user.click(within(id).getByRole('button', { name: 'Copy JSON' })))).toEqual(
      JSON.stringify(json, null, 2),
    )
    const access = screen.getByRole('region', { name: 'Access token' })
    await user.click(within(access).getByRole('button', { name: 'Show encoded token' }))
    expect(bridge.callsOf('session.revealToken')).toEqual([[sampleId(3), 'access']])
    expect(await within(access).findByText('eyJhbGciOi.eyJzdWIi.c2ln')).toBeDefined()
    await user.click(within(access).getByRole('button', { name: 'Hide encoded token' }))
    expect(screen.queryByText('eyJhbGciOi.eyJzdWIi.c2ln')).toBeNull()
  })

  it('asks again when the tokens are new', async () => {
    const { bridge } = await open()
    await screen.findByRole('table', { name: /ID token/ })
    const { lifetimes } = sampleLive({}, now)
    const tokens = { ...lifetimes.tokens, issuedAt: lifetimes.tokens.issuedAt + 60_000 }
    await act(async () =>
      bridge.emit('profiles.changed', {
        changed: [
          sampleView(ana().profile, {
            status: 'active',
            ...sampleLive({ lifetimes: { ...lifetimes, tokens } }, now),
          }),
        ],
      }),
    )
    expect(bridge.callsOf('session.claims')).toHaveLength(2)
  })

  it('says why they cannot be read, and asks again', async () => {
    const { bridge, user } = await openTab('Claims', (bridge) =>
      bridge.refuses('session.claims', 'token.malformed'),
    )
    expect(await screen.findByText('This is not a JSON Web Token.')).toBeDefined()
    bridge.answers('session.claims', claims)
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('table', { name: /ID token/ })).toBeDefined()
  })
})

describe('Credentials', () => {
  const credentials = sampleCredentials(now)
  const open = (view?: ProfileView) =>
    openTab('Credentials', (bridge) => bridge.answers('credentials.fetch', credentials), view)

  it('shows the block of the profile’s format with every secret masked', async () => {
    await open(ana({ exportFormat: 'json' }))
    const block = await screen.findByRole('region', { name: 'Credentials, with every secret masked' })
    expect(block.textContent).toBe(credentials.preview.json)
    expect(screen.getAllByText('orders-dev').length).toBeGreaterThan(0)
  })

  it('copies in that format', async () => {
    const { bridge, user } = await open(ana({ exportFormat: 'json' }))
    bridge.answers('credentials.copy', undefined)
    await user.click(await screen.findByRole('button', { name: 'Copy' }))
    expect(bridge.callsOf('credentials.copy')).toEqual([[sampleId(3), 'json']])
  })

  it('tests them against AWS and names account and role', async () => {
    const { bridge, user } = await open()
    bridge.answers('credentials.test', {
      account: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/orders-dev/x',
      userId: 'AROA:x',
    })
    await user.click(await screen.findByRole('button', { name: 'Test credentials' }))
    expect(await screen.findByText('AWS accepts these credentials: account 123456789012')).toBeDefined()
    expect(screen.getByText('arn:aws:sts::123456789012:assumed-role/orders-dev/x')).toBeDefined()
  })

  it('says that AWS refuses them, and what to do', async () => {
    const { bridge, user } = await open()
    bridge.refuses('credentials.test', 'credentials.refused', { detail: 'InvalidClientTokenId' })
    await user.click(await screen.findByRole('button', { name: 'Test credentials' }))
    const alert = await screen.findByText('AWS refuses these credentials.')
    expect(alert.closest('[role="alert"]')?.textContent).toContain('InvalidClientTokenId')
  })

  it('says what is missing without an identity pool, and asks AWS for nothing', async () => {
    const { bridge } = await open(ana({ identityPoolId: undefined }))
    expect(screen.getByText('This profile has no identity pool')).toBeDefined()
    expect(bridge.callsOf('credentials.fetch')).toEqual([])
  })

  it('says why there are none', async () => {
    await openTab('Credentials', (bridge) => bridge.refuses('credentials.fetch', 'credentials.role'))
    expect(await screen.findByText(failure('credentials.role').message)).toBeDefined()
  })
})

describe('Activity', () => {
  it('tells what happened, newest first, and goes on while it is shown', async () => {
    const { bridge } = await openTab('Activity', (bridge) =>
      bridge.handles('session.activity', (id) => ok(sampleActivity(now, id))),
    )
    await screen.findAllByRole('list', { name: /^Activity, newest first/ })
    const texts = () =>
      screen
        .getAllByRole('list', { name: /^Activity, newest first/ })
        .flatMap((day) => within(day).getAllByRole('listitem'))
        .map((item) => item.textContent ?? '')
    expect(texts()).toHaveLength(7)
    expect(texts()[0]).toContain('AWS credentials copied · as bash')
    expect(texts()[3]).toMatch(/Tokens refreshed.*Request id 5a1f9be0.*120 ms/)
    act(() => {
      bridge.emit('activity.added', { id: 'b1', profileId: sampleId(3), at: now + 1_000, kind: 'signed-out' })
      bridge.emit('activity.added', { id: 'b2', profileId: sampleId(1), at: now + 2_000, kind: 'signed-out' })
    })
    expect(texts()).toHaveLength(8)
    expect(texts()[0]).toContain('Signed out')
  })

  it('says that nothing happened yet', async () => {
    await openTab('Activity', (bridge) => bridge.answers('session.activity', []))
    expect(await screen.findByText('Nothing yet')).toBeDefined()
  })
})

describe('Overview', () => {
  it('copies tokens and the header', async () => {
    const { bridge, user } = await openTab('Overview', (bridge) =>
      bridge.answers('session.copyToken', undefined),
    )
    for (const name of ['Copy ID token', 'Copy access token', 'Copy Bearer header'])
      await user.click(screen.getByRole('button', { name }))
    expect(bridge.callsOf('session.copyToken').map(([, which]) => which)).toEqual(['id', 'access', 'bearer'])
  })
})

describe('Settings', () => {
  it('shows every setting, and no secret', async () => {
    await openTab(
      'Settings',
      () => {},
      ana({
        hasClientSecret: true,
        exportRegion: 'eu-central-1',
        roleArn: 'arn:aws:iam::123456789012:role/orders-dev',
        storage: 'memory',
        endpoints: { userPool: 'http://127.0.0.1:9229' },
        username: 'kim',
      }),
    )
    const text = screen.getByRole('tabpanel').textContent
    for (const shown of [
      'acme-staging · ana',
      'Staging',
      'kim',
      'Password by SRP',
      'eu-west-1_Qx7Ab91c',
      '4k2v7c1m0p8s6d5f3g2h1j9q1t',
      'kept in the keychain',
      'eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
      'arn:aws:iam::123456789012:role/orders-dev',
      'eu-central-1',
      'bash',
      'memory only',
      '5 min before the tokens expire',
      'lives 30 days',
      'http://127.0.0.1:9229',
    ])
      expect(text).toContain(shown)
  })
})
