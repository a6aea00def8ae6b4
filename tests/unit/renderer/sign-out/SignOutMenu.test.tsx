// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { failure } from '../../../../main/failure.ts'
import { Toast } from '../../../../renderer/features/shell/Toast.tsx'
import { SignOutMenu } from '../../../../renderer/features/sign-out/SignOutMenu.tsx'
import { times } from '../../../../renderer/format/time.ts'
import { mount } from '../render.tsx'
import { sampleId, sampleProfiles } from '../samples.ts'

const now = Date.now()

const open = async () => {
  const profiles = sampleProfiles(now)
  const view = profiles.find(({ profile }) => profile.id === sampleId(3))
  if (view === undefined) throw new Error('the sample has this profile')
  const { bridge, user } = await mount(
    <>
      <SignOutMenu profile={view} />
      <Toast />
    </>,
    { profiles },
  )
  await user.click(screen.getByRole('button', { name: 'Sign out' }))
  return { bridge, user }
}

describe('the sign-out menu', () => {
  test('says what each reach does, and what it cannot undo', async () => {
    await open()
    const until = times.shortTime(now + 48 * 60_000 + 20_000, now)
    const device = screen.getByRole('menuitem', { name: /Sign out of this device/ })
    expect(device.textContent).toContain('other devices stay signed in')
    expect(device.textContent).toContain(`Tokens already handed out work until ${until}.`)
    expect(screen.getByRole('menuitem', { name: /Sign out of all devices/ }).textContent).toContain(
      'Ends every session of this user, wherever it is.',
    )
  })

  test.each([
    ['Sign out of this device', 'device'],
    ['Sign out of all devices', 'global'],
  ] as const)('"%s" asks main for %s', async (name, scope) => {
    const { bridge, user } = await open()
    bridge.answers('session.signOut', { profileId: sampleId(3), reached: 'everywhere' })
    await user.click(screen.getByRole('menuitem', { name: new RegExp(name) }))
    expect(bridge.callsOf('session.signOut')).toEqual([[sampleId(3), scope]])
  })

  test('afterwards it is told what was reached, why not more, and what survives until when', async () => {
    const { bridge, user } = await open()
    bridge.answers('session.signOut', {
      profileId: sampleId(3),
      reached: 'device-only',
      failure: failure('token.scope-missing'),
      tokensValidUntil: now + 48 * 60_000,
    })
    await user.click(screen.getByRole('menuitem', { name: /all devices/ }))
    const toast = screen.getByText('acme-staging · ana is signed out of this device only.').parentElement
    expect(toast?.textContent).toContain(failure('token.scope-missing').message)
    expect(toast?.textContent).toContain(`until ${times.shortTime(now + 48 * 60_000, now)}`)
  })

  test('of a browser sign-in it is told that the browser may be let in again, with the verb that ends that', async () => {
    const { bridge, user } = await open()
    bridge.answers('session.signOut', {
      profileId: sampleId(3),
      reached: 'device',
      browserSessionRemains: true,
    })
    await user.click(screen.getByRole('menuitem', { name: /this device/ }))
    expect(await screen.findByText(/may let this browser in again without a password/)).toBeDefined()
    bridge.answers('session.signOutBrowser', undefined)
    await user.click(screen.getByRole('button', { name: 'Sign out in the browser' }))
    expect(bridge.callsOf('session.signOutBrowser')).toEqual([[sampleId(3)]])
    expect(screen.queryByRole('button', { name: 'Sign out in the browser' })).toBeNull()
  })
})
