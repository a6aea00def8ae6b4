// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { failure } from '../../../../main/failure.ts'
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
    fake.answers('profiles.remove', { profileId, reached: 'device' })
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

  test('is one request, which ends the session too', async () => {
    const { bridge, user, onClose } = await open()
    await user.click(remove())
    expect(bridge.calls.slice(1)).toEqual([{ name: 'profiles.remove', args: [sampleId(3)] }])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('offline it is removed all the same, and told when Cognito hears of it', async () => {
    const { bridge, user } = await open()
    bridge.answers('profiles.remove', {
      profileId: sampleId(3),
      reached: 'pending',
      failure: failure('network.offline'),
    })
    await user.click(remove())
    expect(screen.getByText(/ended at Cognito as soon as that is possible/)).toBeDefined()
  })

  test('a refusal of Cognito is told with what it leaves', async () => {
    const { bridge, user } = await open()
    bridge.answers('profiles.remove', {
      profileId: sampleId(3),
      reached: 'device',
      failure: failure('config.client-not-found'),
    })
    await user.click(remove())
    expect(screen.getByText(/stays valid at Cognito until it expires/)).toBeDefined()
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
    'Nobody is signed in; the earlier sign-out still reaches Cognito as soon as the network allows.',
  ],
  [{ status: 'ended', username: 'ops', failure: failure('session.ended') }, 'Its session has ended already.'],
  [
    { status: 'unavailable', failure: failure('vault.locked') },
    'Its session cannot be read now; it is ended at Cognito as soon as the keychain allows.',
  ],
  [{ status: 'loading' }, 'Its session is signed out of this device.'],
])('what becomes of a session that is %o', (session, words) => {
  expect(sessionFate(session)).toBe(words)
})

test('only what there is is said to be removed, and from where', () => {
  expect(secretsFate(true, false)).toBe('Its tokens and its client secret are removed from the keychain.')
  expect(secretsFate(false, true)).toBe('Its tokens are forgotten.')
})

test('a sign-out that reached Cognito leaves nothing behind to tell', () => {
  expect(leftBehind({ profileId: 'p', reached: 'device' })).toBeUndefined()
})
