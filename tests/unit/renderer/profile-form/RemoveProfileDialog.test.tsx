// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { failure, ok } from '../../../../main/failure.ts'
import type { SessionView } from '../../../../preload/views.ts'
import { RemoveProfileDialog } from '../../../../renderer/features/profile-form/RemoveProfileDialog.tsx'
import { leftBehind, secretsFate, sessionFate } from '../../../../renderer/features/profile-form/removal.ts'
import { Toast } from '../../../../renderer/features/shell/Toast.tsx'
import { mount } from '../render.tsx'
import { sampleId, sampleLive } from '../samples.ts'

const open = async (profileId = sampleId(3)) => {
  const onClose = vi.fn<() => void>()
  const dialog = (
    <>
      <RemoveProfileDialog profileId={profileId} onClose={onClose} />
      <Toast />
    </>
  )
  const { bridge, user } = await mount(dialog, {}, (fake) => {
    fake.answers('session.signOut', { profileId, reached: 'device' })
    fake.answers('profiles.remove', undefined)
  })
  return { bridge, user, onClose }
}

const remove = () => screen.getByRole('button', { name: 'Remove profile' })

describe('removing a profile', () => {
  test('says what becomes of the session and the secrets, and starts on Cancel', async () => {
    await open()
    const dialog = screen.getByRole('dialog', { name: 'Remove acme-staging · ana?' })
    expect(dialog.textContent).toContain('ana@acme.io is signed out of this device.')
    expect(dialog.textContent).toContain('removed from the keychain')
    expect(document.activeElement?.textContent).toBe('Cancel')
  })

  test('signs out of this device before the profile goes', async () => {
    const { bridge, user, onClose } = await open()
    await user.click(remove())
    expect(bridge.calls.slice(1)).toEqual([
      { name: 'session.signOut', args: [sampleId(3), 'device'] },
      { name: 'profiles.remove', args: [sampleId(3)] },
    ])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('without a session there is nobody to sign out', async () => {
    const { bridge, user } = await open(sampleId(6))
    await user.click(remove())
    expect(bridge.callsOf('session.signOut')).toEqual([])
    expect(bridge.callsOf('profiles.remove')).toHaveLength(1)
  })

  test('offline it is removed all the same, and told that Cognito does not know', async () => {
    const { bridge, user } = await open()
    bridge.answers('session.signOut', {
      profileId: sampleId(3),
      reached: 'pending',
      failure: failure('network.offline'),
    })
    await user.click(remove())
    expect(bridge.callsOf('profiles.remove')).toHaveLength(1)
    expect(screen.getByText(/Cognito was not told/)).toBeDefined()
  })

  test('that fails keeps the dialog and says why', async () => {
    const { bridge, user, onClose } = await open()
    bridge.refuses('profiles.remove', 'profiles.not-saved')
    await user.click(remove())
    expect(screen.getByRole('alert').textContent).toContain('The profiles file could not be written.')
    expect(onClose).not.toHaveBeenCalled()
  })
})

test.each<[SessionView, string]>([
  [{ status: 'active', ...sampleLive() }, 'ana@acme.io is signed out of this device.'],
  [{ status: 'signed-out', revocationPending: false }, 'Nobody is signed in.'],
  [
    { status: 'signed-out', revocationPending: true },
    'Nobody is signed in; the earlier sign-out that Cognito has not heard of yet is given up.',
  ],
  [{ status: 'ended', username: 'ops', failure: failure('session.ended') }, 'Its session has ended already.'],
  [
    { status: 'unavailable', failure: failure('vault.locked') },
    'Its session cannot be read now, so it is removed here without being ended at Cognito.',
  ],
  [{ status: 'loading' }, 'Its session is removed from this device.'],
])('what becomes of a session that is %o', (session, words) => {
  expect(sessionFate(session)).toBe(words)
})

test('only what there is is said to be removed, and from where', () => {
  expect(secretsFate(true, false)).toBe('Its tokens and its client secret are removed from the keychain.')
  expect(secretsFate(false, true)).toBe('Its tokens are forgotten.')
})

test('a sign-out that reached Cognito leaves nothing behind to tell', () => {
  expect(leftBehind(ok({ profileId: 'p', reached: 'device' }))).toBeUndefined()
})
