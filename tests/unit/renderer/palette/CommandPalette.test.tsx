// @vitest-environment jsdom
import { act, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import type { AppView } from '../../../../preload/views.ts'
import { CommandPalette } from '../../../../renderer/features/palette/CommandPalette.tsx'
import { shownLimit } from '../../../../renderer/features/palette/find.ts'
import { appStore, currentDialog, selectProfile } from '../../../../renderer/state/index.ts'
import { mount } from '../render.tsx'
import { manyProfiles, sampleId } from '../samples.ts'

const open = async (changes: Partial<AppView> = {}) => {
  const onClose = vi.fn<() => void>()
  // Remembered from the last start.
  selectProfile(sampleId(3))
  const { bridge, user } = await mount(<CommandPalette onClose={onClose} />, changes, (fake) =>
    fake.answers('credentials.copy', undefined),
  )
  return { bridge, user, onClose }
}

const options = () => screen.getAllByRole('option').map((option) => option.textContent)
const chosen = () => screen.getByRole('option', { selected: true }).textContent

describe('the command palette', () => {
  test('waits for typing, with the most used command chosen', async () => {
    await open()
    expect(document.activeElement).toBe(screen.getByRole('combobox'))
    expect(chosen()).toBe('Copy AWS credentialsacme-staging · ana · bashCtrl C')
  })

  test.each([
    ['darwin', '⌘C'],
    ['win32', 'Ctrl C'],
    ['linux', 'Ctrl C'],
  ] as const)('writes keys as %s does', async (platform, keys) => {
    await open({ platform })
    expect(chosen()).toContain(keys)
  })

  test('Enter runs what is chosen and closes', async () => {
    const { bridge, user, onClose } = await open()
    await user.keyboard('copy cred{Enter}')
    expect(bridge.callsOf('credentials.copy')).toEqual([[sampleId(3), 'bash']])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('arrows go round, Home and End to the ends, and typing starts at the first', async () => {
    const { user } = await open()
    const [first, second] = options()
    const last = options().at(-1)
    await user.keyboard('{ArrowDown}')
    expect(chosen()).toBe(second)
    expect(screen.getByRole('combobox').getAttribute('aria-activedescendant')).toBe(
      screen.getByRole('option', { selected: true }).id,
    )
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(chosen()).toBe(last)
    await user.keyboard('{ArrowDown}')
    expect(chosen()).toBe(first)
    await user.keyboard('{End}')
    expect(chosen()).toBe(last)
    await user.keyboard('{Home}')
    expect(chosen()).toBe(first)
    await user.keyboard('{ArrowDown}{ArrowDown}c')
    expect(chosen()).toBe(options()[0])
  })

  test('the pointer chooses what it moves over, and a click runs it', async () => {
    const { bridge, user } = await open()
    const option = screen.getByRole('option', { name: /^Copy ID token/ })
    await user.hover(option)
    expect(option.getAttribute('aria-selected')).toBe('true')
    await user.click(option)
    expect(bridge.callsOf('session.copyToken')).toEqual([[sampleId(3), 'id']])
  })

  test('Esc closes and runs nothing', async () => {
    const { bridge, user, onClose } = await open()
    await user.keyboard('copy cred{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
    expect(bridge.callsOf('credentials.copy')).toEqual([])
  })

  test('a format is chosen on a second page, and Backspace leads back', async () => {
    const { bridge, user, onClose } = await open()
    await user.keyboard('copy cred{ArrowDown}{Enter}')
    expect(onClose).not.toHaveBeenCalled()
    expect(options().map((text) => text?.slice(0, 4))).toHaveLength(7)
    await user.keyboard('{Backspace}')
    expect(chosen()).toContain('Copy AWS credentials')
    await user.keyboard('powershell{Enter}power{Enter}')
    expect(bridge.callsOf('credentials.copy')).toEqual([[sampleId(3), 'powershell']])
  })

  test('a profile is shown with its status and time left, and Enter goes to it', async () => {
    const { user } = await open()
    await user.keyboard('acme-prod')
    expect(chosen()).toMatch(/^acme-prod · support.+/)
    await user.keyboard('{Enter}')
    expect(appStore.get().selectedId).toBe(sampleId(1))
  })

  test.each([
    ['edit profile', { kind: 'edit-profile', profileId: sampleId(3) }],
    ['remove', { kind: 'remove-profile', profileId: sampleId(3) }],
    ['sign out everywhere', { kind: 'sign-out-everywhere' }],
    ['add profile', { kind: 'add-profile' }],
  ])('"%s" opens its dialog', async (query, dialog) => {
    const { user } = await open()
    await user.keyboard(`${query}{Enter}`)
    expect(currentDialog()).toEqual(dialog)
  })

  test.each([
    ['refresh', 'session.refresh', [sampleId(3)]],
    ['copy id token', 'session.copyToken', [sampleId(3), 'id']],
    ['copy access token', 'session.copyToken', [sampleId(3), 'access']],
    ['bearer', 'session.copyToken', [sampleId(3), 'bearer']],
    ['test', 'credentials.test', [sampleId(3)]],
    ['sign out device', 'session.signOut', [sampleId(3), 'device']],
    ['sign out all devices', 'session.signOut', [sampleId(3), 'global']],
    ['dark', 'app.setTheme', ['dark']],
    ['duplicate', 'profiles.duplicate', [sampleId(3)]],
  ] as const)('"%s" asks main', async (query, name, args) => {
    const { bridge, user } = await open()
    await user.keyboard(`${query}{Enter}`)
    expect(bridge.calls.slice(1)).toEqual([{ name, args }])
  })

  test('something is chosen still when what was chosen is no longer possible', async () => {
    const { bridge } = await open()
    const view = appStore.get().byId.get(sampleId(3))
    if (view === undefined) throw new Error('the sample has this profile')
    act(() =>
      bridge.emit('profiles.changed', {
        changed: [{ ...view, session: { status: 'signed-out', revocationPending: false } }],
      }),
    )
    expect(chosen()).toContain('Sign in…')
  })

  test('says so when nothing fits', async () => {
    const { user } = await open()
    await user.keyboard('zzz')
    expect(screen.getByRole('status').textContent).toBe('Nothing matches “zzz”.')
    expect(screen.queryAllByRole('option')).toEqual([])
  })

  test('of a thousand profiles it draws few, and finds any', async () => {
    const { user } = await open({ profiles: manyProfiles(1_000) })
    expect(options().length).toBeLessThan(shownLimit + 25)
    expect(screen.getByText(`${1_000 - shownLimit} more: type part of a name.`)).toBeDefined()
    await user.keyboard('tenant-0983')
    expect(chosen()).toContain('tenant-0983')
  })
})
