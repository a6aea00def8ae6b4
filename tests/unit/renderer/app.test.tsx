// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { ProfileView } from '../../../preload/views.ts'
import { copyPlain, currentDialog } from '../../../renderer/state/index.ts'
import { copiedBy } from './copied.ts'
import { mountApp } from './render.tsx'
import {
  manyProfiles,
  sampleAppView,
  sampleFailure,
  sampleId,
  sampleLive,
  sampleProfile,
  sampleProfiles,
  sampleView,
} from './samples.ts'

/** The renderer counts from the real clock here, so the samples do too. */
const now = Date.now()
const world = (profiles: ProfileView[] = sampleProfiles(now)) => sampleAppView({ profiles }, now)
const list = () => screen.getByRole('listbox', { name: 'Profiles' })
const selectedName = () => within(list()).getByRole('option', { selected: true }).textContent
const heading = () => screen.getByRole('heading', { level: 1 }).textContent
const choose = (user: UserEvent, name: RegExp) => user.click(within(list()).getByRole('option', { name }))

describe('the list', () => {
  it('shows every profile with who, where and a live status, production first', async () => {
    await mountApp(world())
    expect(
      within(list())
        .getAllByRole('option')
        .map((option) => option.textContent),
    ).toEqual([
      'ACacme-prod · supportsupport@acme.io · eu-west-1Active52 m',
      'NOnorthwind-prodops · us-east-1Sign in',
      'ACacme-staging · anaana@acme.io · eu-west-1Active48 m',
      'ACacme-staging · auditorauditor@acme.io · eu-west-1Offline',
      'LOlocal demo pooldana · localRefreshing',
      'KIkiosk-devnot signed in · eu-central-1Signed out—',
    ])
    expect(heading()).toBe('acme-prod · support')
  })

  it('follows what main pushes', async () => {
    const { bridge } = await mountApp(world())
    const ana = sampleProfile(3, { name: 'acme-staging · ana' })
    act(() =>
      bridge.emit('profiles.changed', {
        changed: [sampleView(ana, { status: 'offline', ...sampleLive({}, now), failure: sampleFailure() })],
      }),
    )
    expect(within(list()).getByRole('option', { name: /· ana/ }).textContent).toContain('Offline')
  })

  it('of 1,000 profiles only those in view exist, and all can be reached', async () => {
    const { user } = await mountApp(world(manyProfiles(1_000, now)))
    const options = within(list()).getAllByRole('option')
    expect(options.length).toBeLessThan(40)
    expect(options[0]?.getAttribute('aria-setsize')).toBe('1000')
    await user.type(screen.getByRole('searchbox', { name: 'Search profiles' }), 'tenant-0777')
    expect(within(list()).getAllByRole('option')).toHaveLength(1)
    expect(screen.getByText('1 of 1000 profiles')).toBeDefined()
  })
})

describe('the list by keyboard', () => {
  it('arrows, Home and End select; the pane follows', async () => {
    const { user } = await mountApp(world())
    list().focus()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(heading()).toBe('acme-staging · ana')
    await user.keyboard('{End}')
    expect(heading()).toBe('kiosk-dev')
    await user.keyboard('{ArrowDown}')
    expect(heading()).toBe('kiosk-dev')
    await user.keyboard('{Home}')
    expect(heading()).toBe('acme-prod · support')
    const active = document.getElementById(list().getAttribute('aria-activedescendant') ?? '')
    expect(active?.textContent).toBe(selectedName())
  })

  it('typing jumps to a name', async () => {
    const { user } = await mountApp(world())
    list().focus()
    await user.keyboard('ki')
    expect(heading()).toBe('kiosk-dev')
  })

  it('Enter signs in where that is the next step, and does nothing to a live session', async () => {
    const { user } = await mountApp(world())
    list().focus()
    await user.keyboard('{Enter}')
    expect(currentDialog()).toBeNull()
    await user.keyboard('{ArrowDown}{Enter}')
    expect(currentDialog()).toEqual({ kind: 'sign-in', profileId: sampleId(2) })
  })

  it('Alt with an arrow moves a profile within its environment', async () => {
    const { bridge, user } = await mountApp(world(), (bridge) => bridge.answers('profiles.move', undefined))
    list().focus()
    await user.keyboard('{ArrowDown}{Alt>}{ArrowUp}{/Alt}')
    expect(bridge.callsOf('profiles.move')).toEqual([[sampleId(2), 'production', sampleId(1)]])
    await user.keyboard('{Home}{Alt>}{ArrowDown}{/Alt}')
    expect(bridge.callsOf('profiles.move')[1]).toEqual([sampleId(1), 'production'])
  })

  it('/ goes to the search, arrow down from there into what was found, Esc empties it', async () => {
    const { user } = await mountApp(world())
    list().focus()
    await user.keyboard('/')
    const search = screen.getByRole('searchbox', { name: 'Search profiles' })
    expect(document.activeElement).toBe(search)
    await user.keyboard('kiosk')
    expect(within(list()).getAllByRole('option')).toHaveLength(1)
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(list())
    expect(heading()).toBe('kiosk-dev')
    await user.keyboard('/')
    await user.keyboard('{Escape}')
    expect(within(list()).getAllByRole('option')).toHaveLength(6)
  })

  it('a search without a match says so and offers the commands', async () => {
    const { user } = await mountApp(world())
    await user.type(screen.getByRole('searchbox', { name: 'Search profiles' }), 'copy cred')
    expect(screen.getByText(/No profile matches “copy cred”/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Search commands' }))
    expect(currentDialog()).toEqual({ kind: 'palette' })
  })
})

describe('keys that work anywhere', () => {
  it.each([
    ['linux', '{Control>}k{/Control}'],
    ['darwin', '{Meta>}k{/Meta}'],
  ] as const)('the palette opens on %s', async (platform, keys) => {
    const { user } = await mountApp({ ...world(), platform })
    await user.keyboard(keys)
    expect(currentDialog()).toEqual({ kind: 'palette' })
  })

  it("Ctrl-C copies the selected profile's credentials, in its format", async () => {
    const { bridge, user } = await mountApp(world(), (bridge) =>
      bridge.answers('credentials.copy', undefined),
    )
    await choose(user, /local demo/)
    await user.keyboard('{Control>}c{/Control}')
    expect(bridge.callsOf('credentials.copy')).toEqual([[sampleId(5), 'json']])
  })

  it('but not while text is selected, while typing, or where nobody is signed in', async () => {
    const { bridge, user } = await mountApp(world())
    const range = document.createRange()
    range.selectNodeContents(screen.getByRole('heading', { level: 1 }))
    window.getSelection()?.removeAllRanges()
    window.getSelection()?.addRange(range)
    // user-event would move the selection before it presses the key.
    fireEvent.keyDown(document.body, { key: 'c', ctrlKey: true })
    window.getSelection()?.removeAllRanges()
    await user.click(screen.getByRole('searchbox', { name: 'Search profiles' }))
    await user.keyboard('{Control>}c{/Control}')
    await choose(user, /kiosk/)
    await user.keyboard('{Control>}c{/Control}')
    expect(bridge.callsOf('credentials.copy')).toEqual([])
  })
})

describe('the menu of a profile', () => {
  it('opens on the second button, for the profile under the pointer', async () => {
    const { bridge, user } = await mountApp(world(), (bridge) =>
      bridge.answers('session.copyToken', undefined),
    )
    await user.pointer({
      keys: '[MouseRight]',
      target: within(list()).getByRole('option', { name: /auditor/ }),
    })
    const menu = await screen.findByRole('menu')
    expect(heading()).toBe('acme-staging · auditor')
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((item) => item.textContent),
    ).toEqual([
      'Refresh',
      'Copy AWS credentialsCtrl C',
      'Copy access token',
      'Edit…F2',
      'Duplicate',
      'Move upAlt ↑',
      'Move downAlt ↓',
      'Remove…',
    ])
    expect(
      within(menu)
        .getByRole('menuitem', { name: /Move down/ })
        .getAttribute('aria-disabled'),
    ).toBe('true')
    await user.click(within(menu).getByRole('menuitem', { name: 'Copy access token' }))
    expect(bridge.callsOf('session.copyToken')).toEqual([[sampleId(4), 'access']])
  })

  it('duplicating opens the copy for editing', async () => {
    const copy = sampleView(sampleProfile(9, { name: 'copy' }), {
      status: 'signed-out',
      revocationPending: false,
    })
    const { bridge, user } = await mountApp(world(), (bridge) => bridge.answers('profiles.duplicate', copy))
    await user.click(screen.getByRole('tab', { name: 'Settings' }))
    await user.click(screen.getByRole('button', { name: 'Duplicate' }))
    expect(bridge.callsOf('profiles.duplicate')).toEqual([[sampleId(1)]])
    expect(currentDialog()).toEqual({ kind: 'edit-profile', profileId: sampleId(9) })
  })
})

describe('the head of a profile', () => {
  it('copies in one click and says when the clipboard is cleared', async () => {
    const { bridge, user } = await mountApp(world(), (bridge) =>
      bridge.handles('credentials.copy', () => {
        bridge.emit('clipboard.changed', { clearsAt: Date.now() + 45_000, what: 'AWS credentials' })
        return { ok: true, value: undefined }
      }),
    )
    await user.click(screen.getByRole('button', { name: 'Copy AWS credentials' }))
    expect(bridge.callsOf('credentials.copy')).toEqual([[sampleId(1), 'bash']])
    expect(await screen.findByText(/clears in 45 s/)).toBeDefined()
    expect(screen.getByText('Copied AWS credentials as bash').closest('[aria-live]')).not.toBeNull()
  })

  it('says so too when main tells only after it has answered', async () => {
    const { bridge, user } = await mountApp(
      { ...world(), clipboard: { clearsAt: Date.now() + 3_000 } },
      (bridge) => bridge.answers('credentials.copy', undefined),
    )
    await user.click(screen.getByRole('button', { name: 'Copy AWS credentials' }))
    expect(await screen.findByText('Copied AWS credentials as bash')).toBeDefined()
    expect(screen.queryByText(/— clears in/)).toBeNull()
    act(() => bridge.emit('clipboard.changed', { clearsAt: Date.now() + 45_000 }))
    expect(screen.getByText(/— clears in 45 s/)).toBeDefined()
  })

  it('a failure is said at once, with the remedy, and stays', async () => {
    const { user } = await mountApp(world(), (bridge) =>
      bridge.refuses('credentials.copy', 'credentials.role'),
    )
    await user.click(screen.getByRole('button', { name: 'Copy AWS credentials' }))
    const alert = await screen.findByText(/The identity pool has no role/)
    expect(alert.closest('[role="alert"]')?.textContent).toContain("Check the identity pool's role settings")
  })

  it('remembers another format as the profile’s own, and nothing else of it changes', async () => {
    const { bridge, user } = await mountApp(world(), (bridge) =>
      bridge.refuses('profiles.update', 'internal.bug'),
    )
    await user.click(screen.getByRole('button', { name: 'Format: bash' }))
    await user.click(await screen.findByRole('menuitemradio', { name: /PowerShell/ }))
    const { id, ...settings } = sampleProfiles(now)[0]?.profile ?? sampleProfile(1)
    expect(bridge.callsOf('profiles.update')).toEqual([
      [id, { settings: { ...settings, exportFormat: 'powershell' } }],
    ])
  })

  it('without an identity pool it copies tokens', async () => {
    const plain = sampleView(sampleProfile(1, { identityPoolId: undefined }), {
      status: 'active',
      ...sampleLive({}, now),
    })
    const { bridge, user } = await mountApp(world([plain]), (bridge) =>
      bridge.answers('session.copyToken', undefined),
    )
    expect(screen.queryByRole('button', { name: 'Copy AWS credentials' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Choose what to copy' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Copy Bearer header' }))
    expect(bridge.callsOf('session.copyToken')).toEqual([[sampleId(1), 'bearer']])
  })

  it('refreshes on demand, and not twice', async () => {
    const { bridge, user } = await mountApp(world(), (bridge) => bridge.answers('session.refresh', undefined))
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(bridge.callsOf('session.refresh')).toEqual([[sampleId(1)]])
    await choose(user, /local demo/)
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(bridge.callsOf('session.refresh')).toHaveLength(1)
  })
})

describe('every state is told with its next step', () => {
  const only = (session: ProfileView['session']) => world([sampleView(sampleProfile(1), session)])
  const live = sampleLive({}, now)

  it('ended: why, and signing in again', async () => {
    const { user } = await mountApp(world())
    await choose(user, /northwind/)
    expect(screen.getByText('This session was revoked, here or on another device.')).toBeDefined()
    expect(screen.queryByRole('region', { name: 'Lifetimes' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Sign in again' }))
    expect(currentDialog()).toEqual({ kind: 'sign-in', profileId: sampleId(2) })
  })

  it('offline: until when it keeps working', async () => {
    const { user } = await mountApp(world())
    await choose(user, /auditor/)
    expect(screen.getByText(/The tokens stay valid until \d\d:\d\d:\d\d\. Next try at/)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Copy AWS credentials' })).toBeDefined()
  })

  it('attention: the profile can be edited on the spot', async () => {
    const failure = sampleFailure({ code: 'config.client-secret', message: 'The secret is wrong.' })
    const { user } = await mountApp(only({ status: 'attention', ...live, failure }))
    expect(screen.getByText('The secret is wrong.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Edit profile' }))
    expect(currentDialog()).toEqual({ kind: 'edit-profile', profileId: sampleId(1) })
  })

  it('loading: that the keychain is being read', async () => {
    await mountApp(only({ status: 'loading' }))
    expect(screen.getByText(/Reading this session from the keychain/)).toBeDefined()
  })

  it('signed out offline: that the revocation still has to go through', async () => {
    await mountApp(only({ status: 'signed-out', revocationPending: true }))
    expect(screen.getByText('The sign-out still has to reach Cognito')).toBeDefined()
  })

  it('unsaved: that quitting would lose it', async () => {
    await mountApp(only({ status: 'active', ...live, unsaved: 'in-memory' }))
    expect(screen.getByText('Not saved')).toBeDefined()
    expect(screen.getByText(/quitting Sesame now would lose it/)).toBeDefined()
  })

  it('waiting in an encrypted file: that quitting does not lose it', async () => {
    await mountApp({
      ...only({ status: 'active', ...live, unsaved: 'on-disk' }),
      vault: { kind: 'absent', backend: 'Secret Service' },
    })
    expect(screen.queryByText('Not saved')).toBeNull()
    expect(screen.getByText('Waits for the keychain')).toBeDefined()
    expect(screen.getByText(/in an encrypted file and survives quitting/)).toBeDefined()
    const bar = screen.getByRole('contentinfo', { name: 'Status' })
    expect(within(bar).getByText('1 session in an encrypted file')).toBeDefined()
    expect(within(bar).getByText(/No keychain/).textContent).not.toContain('stay in memory')
  })

  it('a locked keychain: once for all profiles, with Retry', async () => {
    const { bridge, user } = await mountApp(
      {
        ...only({ status: 'unavailable', failure: sampleFailure({ code: 'vault.locked' }) }),
        vault: { kind: 'locked', backend: 'Secret Service' },
      },
      (bridge) => bridge.answers('vault.retry', { kind: 'unlocked', backend: 'Secret Service' }),
    )
    const main = screen.getByRole('main')
    expect(within(main).getByText('The keychain is locked')).toBeDefined()
    expect(within(main).getAllByRole('button', { name: 'Retry' })).toHaveLength(1)
    await user.click(within(main).getByRole('button', { name: 'Retry' }))
    expect(bridge.callsOf('vault.retry')).toHaveLength(1)
    act(() => bridge.emit('vault.changed', { kind: 'unlocked', backend: 'Secret Service' }))
    expect(within(main).queryByText('The keychain is locked')).toBeNull()
    expect(screen.getByText('Keychain: Secret Service, unlocked')).toBeDefined()
  })

  it('no keychain: that sessions end with the app', async () => {
    await mountApp({ ...world(), vault: { kind: 'absent', backend: 'Secret Service' } })
    expect(screen.getByText(/Sessions stay in memory and end when Sesame quits/)).toBeDefined()
  })

  it('a damaged file: which one, until dismissed', async () => {
    const failure = sampleFailure({ code: 'profiles.damaged', detail: '/home/ana/profiles.json.damaged' })
    const { bridge, user } = await mountApp(
      { ...world(), notices: [{ id: 'profiles', tone: 'bad', failure }] },
      (bridge) => bridge.answers('app.dismissNotice', undefined),
    )
    expect(screen.getByText('/home/ana/profiles.json.damaged')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(bridge.callsOf('app.dismissNotice')).toEqual([['profiles']])
    act(() => bridge.emit('notices.changed', []))
    expect(screen.queryByText('/home/ana/profiles.json.damaged')).toBeNull()
  })

  it('first run: what a profile is, and how to add one', async () => {
    const { user } = await mountApp(world([]))
    expect(heading()).toBe('No profiles yet')
    expect(screen.getByText(/one user of one Cognito user pool/)).toBeDefined()
    await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Add profile' }))
    expect(currentDialog()).toEqual({ kind: 'add-profile' })
  })

  it('main does not answer: why, and again', async () => {
    const { bridge, user } = await mountApp({}, (bridge) => bridge.refuses('app.load', 'internal.bug'))
    expect(screen.getByText('Something failed that Sesame did not expect.')).toBeDefined()
    bridge.answers('app.load', world())
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(heading()).toBe('acme-prod · support'))
  })
})

describe('what main asks the window to do', () => {
  it.each([
    [
      { kind: 'sign-in', profileId: sampleId(6) },
      { kind: 'sign-in', profileId: sampleId(6) },
    ],
    [{ kind: 'add-profile' }, { kind: 'add-profile' }],
    [{ kind: 'sign-out-everywhere' }, { kind: 'sign-out-everywhere' }],
    [{ kind: 'open-palette' }, { kind: 'palette' }],
  ] as const)('%j', async (command, dialog) => {
    const { bridge } = await mountApp(world())
    act(() => bridge.emit('app.command', command))
    expect(currentDialog()).toEqual(dialog)
  })

  it('selects a profile, and remembers it for the next start', async () => {
    const { bridge } = await mountApp(world())
    act(() => bridge.emit('app.command', { kind: 'select-profile', profileId: sampleId(4) }))
    expect(heading()).toBe('acme-staging · auditor')
    expect(localStorage.getItem('sesame.selected')).toBe(sampleId(4))
  })

  it('theme: the window wears what main says', async () => {
    const { bridge, user } = await mountApp(world(), (bridge) => bridge.answers('app.setTheme', undefined))
    expect(document.documentElement.dataset.theme).toBe('light')
    act(() => bridge.emit('appearance.changed', { theme: 'dark', dark: true }))
    expect(document.documentElement.dataset.theme).toBe('dark')
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.click(await screen.findByRole('menuitemradio', { name: 'Light' }))
    expect(bridge.callsOf('app.setTheme')).toEqual([['light']])
  })
})

describe('the status bar', () => {
  it('names the next refresh, the clock and the clipboard', async () => {
    const { bridge, user } = await mountApp(
      { ...world(), clipboard: { clearsAt: Date.now() + 24_000 } },
      (bridge) => bridge.answers('clipboard.clear', undefined),
    )
    const bar = screen.getByLabelText('Status')
    expect(bar.textContent).toMatch(/Next refresh .*\d\d:\d\d · acme-staging · ana/)
    expect(bar.textContent).toContain('Clock 0.4 s off AWS')
    expect(bar.textContent).toMatch(/Clipboard clears in 2[45] s/)
    await user.click(within(bar).getByRole('button', { name: 'Clear' }))
    expect(bridge.callsOf('clipboard.clear')).toHaveLength(1)
    act(() => bridge.emit('clipboard.changed', {}))
    expect(bar.textContent).not.toContain('Clipboard')
  })
})

it('an id is copied by the gesture itself, which needs no permission, and nothing later is', async () => {
  const id = 'eu-west-1_Qx7Ab91c'
  expect(await copiedBy(() => copyPlain(id, 'user pool id'))).toBe(id)
  expect(await copiedBy(() => document.execCommand('copy'))).toBeUndefined()
})
