// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { fail, failure, ok } from '../../../../main/failure.ts'
import type { AppView, SignOutOutcome } from '../../../../preload/views.ts'
import { SignOutEverywhereDialog } from '../../../../renderer/features/sign-out/SignOutEverywhereDialog.tsx'
import { times } from '../../../../renderer/format/time.ts'
import { mount } from '../render.tsx'
import { sampleId, sampleProfiles } from '../samples.ts'

const now = Date.now()
const minute = 60_000

const open = async (changes: Partial<AppView> = {}) => {
  const onClose = vi.fn<() => void>()
  const dialog = <SignOutEverywhereDialog onClose={onClose} />
  const view = { profiles: sampleProfiles(now), ...changes }
  const { bridge, user } = await mount(dialog, view, (fake) => fake.answers('clipboard.clear', undefined))
  return { bridge, user, onClose }
}

const rows = () =>
  within(screen.getByRole('list', { name: 'Sessions' }))
    .getAllByRole('listitem')
    .map((row) => [...row.children].map((child) => child.textContent))
const start = () => screen.getByRole('button', { name: 'Sign out 4 sessions' })

const outcomes: SignOutOutcome[] = [
  { profileId: sampleId(1), reached: 'everywhere', tokensValidUntil: now + 20 * minute },
  { profileId: sampleId(3), reached: 'everywhere', credentialsValidUntil: now + 30 * minute },
  { profileId: sampleId(4), reached: 'pending', failure: failure('network.offline') },
  { profileId: sampleId(5), reached: 'device-only', failure: failure('token.scope-missing') },
  // Had ended before: main clears it as well.
  { profileId: sampleId(2), reached: 'device-only', failure: failure('session.revoked') },
]

describe('before', () => {
  test('lists who is signed in, in how many pools, and starts on Cancel', async () => {
    await open()
    expect(screen.getByText('4 sessions in 3 pools, on this and every other device')).toBeDefined()
    expect(rows().map(([name]) => name)).toEqual([
      'acme-prod · support',
      'acme-staging · ana',
      'acme-staging · auditor',
      'local demo pool',
    ])
    expect(document.activeElement?.textContent).toBe('Cancel')
  })

  test('says what stays valid, and until when', async () => {
    await open()
    const tokensUntil = times.shortTime(now + 4 * minute + 48 * minute + 20_000, now)
    const credentialsUntil = times.shortTime(now + 4 * minute + 55 * minute + 12_000, now)
    expect(screen.getByText('Still valid for a while').parentElement?.textContent).toContain(
      `Services that verify tokens offline accept them until ${tokensUntil}. AWS credentials already issued work until ${credentialsUntil}.`,
    )
  })

  test('with nobody signed in there is nothing to confirm', async () => {
    await open({ profiles: [] })
    expect(screen.getByText('Nobody is signed in.')).toBeDefined()
    expect(screen.queryByRole('button', { name: /^Sign out/ })).toBeNull()
  })
})

describe('the clipboard', () => {
  test('is cleared along when it holds what Sesame copied', async () => {
    const { bridge, user } = await open({ clipboard: { clearsAt: now + 30_000, what: 'AWS credentials' } })
    bridge.answers('session.signOutEverywhere', outcomes)
    await user.click(start())
    expect(bridge.callsOf('clipboard.clear')).toHaveLength(1)
  })

  test('stays as it is when it holds something else, unless that is asked for', async () => {
    const { bridge, user } = await open()
    bridge.answers('session.signOutEverywhere', outcomes)
    expect(screen.getByRole('checkbox', { name: 'Also clear the clipboard' })).toHaveProperty(
      'checked',
      false,
    )
    await user.click(start())
    expect(bridge.callsOf('clipboard.clear')).toEqual([])
  })
})

describe('while it runs and after', () => {
  test('each session shows how it stands, and stays listed although it ends', async () => {
    const { bridge, user } = await open()
    const answer = bridge.holds('session.signOutEverywhere')
    await user.click(start())
    act(() => {
      bridge.emit('signOutEverywhere.progress', { profileId: sampleId(1), state: 'done' })
      bridge.emit('signOutEverywhere.progress', { profileId: sampleId(3), state: 'signing-out' })
      bridge.emit('signOutEverywhere.progress', { profileId: sampleId(4), state: 'when-online' })
      bridge.emit('profiles.changed', {
        changed: sampleProfiles(now).map((view) => ({
          ...view,
          session: { status: 'signed-out', revocationPending: false },
        })),
      })
    })
    expect(rows()).toEqual([
      ['acme-prod · support', 'done'],
      ['acme-staging · ana', 'signing out…'],
      ['acme-staging · auditor', 'when online'],
      ['local demo pool'],
    ])
    await act(async () => answer(ok(outcomes)))
    expect(rows().map(([, mark]) => mark)).toEqual(['done', 'done', 'when online', 'this device only'])
  })

  test('the end sums up, names who was not reached and why, and says what survives by main’s figures', async () => {
    const { bridge, user, onClose } = await open()
    bridge.answers('session.signOutEverywhere', outcomes)
    await user.click(start())
    const dialog = screen.getByRole('dialog', { name: 'Signed out, but not everywhere' })
    expect(dialog.textContent).toContain('2 sessions signed out of all devices.')
    expect(dialog.textContent).toContain('1 session cleared here; Cognito is told when it can be reached.')
    expect(screen.getByText('local demo pool', { selector: 'strong' }).parentElement?.textContent).toContain(
      failure('token.scope-missing').remedy,
    )
    expect(dialog.textContent).not.toContain('This session was revoked')
    expect(dialog.textContent).toContain(`accept them until ${times.shortTime(now + 20 * minute, now)}`)
    const close = screen.getByText('Close', { selector: 'button' })
    expect(document.activeElement).toBe(close)
    await user.click(close)
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('all reached is said plainly', async () => {
    const { bridge, user } = await open()
    bridge.answers(
      'session.signOutEverywhere',
      [1, 3, 4, 5].map((n) => ({ profileId: sampleId(n), reached: 'everywhere' })),
    )
    await user.click(start())
    expect(screen.getByRole('dialog', { name: 'Signed out everywhere' })).toBeDefined()
  })

  test('browsers that may still be signed in are named once for each login page', async () => {
    const profiles = sampleProfiles(now).map((view, index) => ({
      ...view,
      profile: { ...view.profile, domain: `https://login${index % 2}.example.com` },
    }))
    const { bridge, user } = await open({ profiles })
    bridge.answers(
      'session.signOutEverywhere',
      [1, 3, 4, 5].map((n) => ({
        profileId: sampleId(n),
        reached: 'everywhere',
        browserSessionRemains: true,
      })),
    )
    bridge.answers('session.signOutBrowser', undefined)
    await user.click(start())
    const buttons = screen.getAllByRole('button', { name: /^Sign out in the browser: / })
    expect(buttons).toHaveLength(2)
    await user.click(buttons[0] ?? start())
    expect(bridge.callsOf('session.signOutBrowser')).toEqual([[sampleId(1)]])
  })

  test('a refused request is told, and can be tried again', async () => {
    const { bridge, user } = await open()
    bridge.handles('session.signOutEverywhere', () => fail('internal.bug'))
    await user.click(start())
    expect(screen.getByRole('alert').textContent).toContain('did not expect')
    expect(start()).toBeDefined()
  })
})
