// @vitest-environment jsdom
import { act, cleanup, screen, within } from '@testing-library/react'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { failure, ok } from '../../../../main/failure.ts'
import type { SignInStep } from '../../../../preload/views.ts'
import { SignInDialog } from '../../../../renderer/features/sign-in/SignInDialog.tsx'
import { currentDialog } from '../../../../renderer/state/index.ts'
import type { FakeBridge } from '../fake-bridge.ts'
import { mount } from '../render.tsx'
import { sampleId } from '../samples.ts'

const profileId = sampleId(3)

const totp = (changes: Partial<Extract<SignInStep, { kind: 'totp' }>> = {}): SignInStep => ({
  kind: 'totp',
  attemptId: 'a-1',
  step: 2,
  username: 'ana',
  expiresAt: Date.now() + 170_000,
  ...changes,
})

const newPassword: SignInStep = {
  kind: 'new-password',
  attemptId: 'a-1',
  step: 2,
  username: 'ana',
  expiresAt: Date.now() + 170_000,
  requiredAttributes: ['phone_number', 'given_name'],
  knownAttributes: { given_name: 'Ana' },
}

const open = async (prepare: (bridge: FakeBridge) => void = () => {}) => {
  const onClose = vi.fn<() => void>()
  const dialog = <SignInDialog profileId={profileId} onClose={onClose} />
  const { bridge, user } = await mount(dialog, {}, (fake) => {
    fake.answers('signIn.cancel', undefined)
    prepare(fake)
  })
  return { bridge, user, onClose }
}

const password = () => screen.getByLabelText<HTMLInputElement>('Password')
const code = () => screen.getByLabelText<HTMLInputElement>('Code of six digits')
const errorOf = (input: HTMLElement) =>
  document.getElementById(input.getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent

/** Past the first stage, at whatever main asks for. */
const openAt = async (step: SignInStep) => {
  const opened = await open((bridge) => bridge.answers('signIn.begin', step))
  await opened.user.type(password(), 'Correct-Horse-1{Enter}')
  return opened
}

describe('the first stage', () => {
  test('names pool and method, has the username filled in and waits for the password', async () => {
    await open()
    const dialog = screen.getByRole('dialog', { name: 'Sign in to acme-staging · ana' })
    expect(within(dialog).getByText('eu-west-1_Qx7Ab91c').parentElement?.textContent).toBe(
      'eu-west-1_Qx7Ab91c · password by SRP',
    )
    expect(screen.getByLabelText('Username, e-mail or phone')).toHaveProperty('value', 'ana@acme.io')
    expect(document.activeElement).toBe(password())
  })

  test('a wrong password is told under the password, which keeps what was typed and has the focus', async () => {
    const { user } = await open((bridge) => bridge.refuses('signIn.begin', 'sign-in.wrong-password'))
    await user.type(password(), 'wrong{Enter}')
    expect(errorOf(password())).toMatch(/^Incorrect username or password\..*locks the user for a while\.$/)
    expect(password().value).toBe('wrong')
    expect(document.activeElement).toBe(password())
  })

  test('a blank password is asked for without bothering Cognito', async () => {
    const { bridge, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(errorOf(password())).toBe('Enter the password.')
    expect(bridge.callsOf('signIn.begin')).toEqual([])
  })

  test('a failure of the configuration is a note with its remedy and the way to the profile', async () => {
    const { user } = await open((bridge) => bridge.refuses('signIn.begin', 'config.client-secret'))
    await user.type(password(), 'pw{Enter}')
    expect(screen.getByRole('alert').textContent).toContain(failure('config.client-secret').remedy)
    await user.click(screen.getByRole('button', { name: 'Edit profile' }))
    expect(currentDialog()).toEqual({ kind: 'edit-profile', profileId })
  })

  test('sends once while it waits, and shows that it does', async () => {
    const { bridge, user } = await open((fake) => void fake.holds('signIn.begin'))
    await user.type(password(), 'pw{Enter}')
    const button = screen.getByRole('button', { name: 'Sign in' })
    expect(button.getAttribute('aria-busy')).toBe('true')
    await user.click(button)
    expect(bridge.callsOf('signIn.begin')).toHaveLength(1)
  })

  test('signed in without a challenge, it closes', async () => {
    const { onClose } = await openAt({ kind: 'signed-in' })
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('a password is shown on request', async () => {
    const { user } = await open()
    await user.type(password(), 'pw')
    expect(password().type).toBe('password')
    await user.click(screen.getByRole('button', { name: 'Show password' }))
    expect(password().type).toBe('text')
  })
})

describe('the code from the authenticator', () => {
  test('replaces the body, says which step it is, and has the focus', async () => {
    await openAt(totp())
    expect(screen.getByRole('dialog', { name: 'Enter the code from your authenticator' })).toBeDefined()
    expect(screen.getByText('Step 2 of 2 · ana@acme.io')).toBeDefined()
    expect(screen.getByRole('status').textContent).toBe(
      'Enter the code from your authenticator. Step 2 of 2.',
    )
    expect(document.activeElement).toBe(code())
    expect(document.body.innerHTML).not.toContain('Correct-Horse-1')
  })

  test('is sent with the sixth digit', async () => {
    const { bridge, user, onClose } = await openAt(totp())
    bridge.answers('signIn.answer', { kind: 'signed-in' })
    await user.type(code(), '418231')
    expect(bridge.callsOf('signIn.answer')).toEqual([['a-1', { kind: 'totp', code: '418231' }]])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('that is wrong is told under the boxes, which are empty for the next one', async () => {
    const { bridge, user } = await openAt(totp())
    bridge.refuses('signIn.answer', 'sign-in.wrong-code')
    await user.type(code(), '111111')
    expect(errorOf(code())).toContain('That code is not right')
    expect(code().value).toBe('')
    await user.type(code(), '222222')
    expect(bridge.callsOf('signIn.answer')).toHaveLength(2)
  })

  test('stays when the network failed, and is sent again by Continue only', async () => {
    const { bridge, user } = await openAt(totp())
    bridge.refuses('signIn.answer', 'network.offline')
    await user.type(code(), '418231')
    expect(screen.getByRole('alert').textContent).toContain('could not be reached')
    expect(code().value).toBe('418231')
    await user.type(code(), '{Backspace}2')
    expect(bridge.callsOf('signIn.answer')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(bridge.callsOf('signIn.answer')[1]).toEqual(['a-1', { kind: 'totp', code: '418232' }])
  })

  test('Back returns to the first stage with what was typed there, ready to be sent or typed over, and cancels', async () => {
    const { bridge, user } = await openAt(totp())
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.getByLabelText('Username, e-mail or phone')).toHaveProperty('value', 'ana@acme.io')
    expect(password().value).toBe('Correct-Horse-1')
    expect(document.activeElement).toBe(password())
    expect(password().selectionEnd).toBe('Correct-Horse-1'.length)
    // As what was typed, not as text of the page.
    expect(document.body.innerHTML).not.toContain('Correct-Horse-1')
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
  })

  test('Back keeps a username that differs from the profile’s', async () => {
    const { user } = await open((bridge) => bridge.answers('signIn.begin', totp()))
    const username = screen.getByLabelText<HTMLInputElement>('Username, e-mail or phone')
    await user.clear(username)
    await user.type(username, 'eve@acme.io')
    await user.type(password(), 'pw{Enter}')
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.getByLabelText('Username, e-mail or phone')).toHaveProperty('value', 'eve@acme.io')
  })

  test('closing cancels the attempt', async () => {
    const { bridge, user, onClose } = await openAt(totp())
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(onClose).toHaveBeenCalledOnce()
    cleanup()
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
  })

  test('that was taken too late starts over, with the reason and what was typed', async () => {
    const { bridge, user } = await openAt(totp())
    bridge.refuses('signIn.answer', 'sign-in.step-expired')
    await user.type(code(), '418231')
    expect(screen.getByRole('alert').textContent).toContain('This step stayed open too long')
    expect(screen.getByLabelText('Username, e-mail or phone')).toHaveProperty('value', 'ana@acme.io')
    expect(password().value).toBe('Correct-Horse-1')
    await user.keyboard('{Enter}')
    expect(code().value).toBe('')
  })

  test('counts down, and starts over when the time is up', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    // A window that becomes visible reads the clock at once, so no test waits for a tick.
    const pass = (ms: number) =>
      act(async () => {
        vi.setSystemTime(Date.now() + ms)
        document.dispatchEvent(new Event('visibilitychange'))
      })
    // The sample's server clock is 400 ms ahead of this one.
    const { bridge } = await openAt(totp({ expiresAt: Date.now() + 400 + 161_000 }))
    await pass(0)
    expect(screen.getByText('This step stays open for 2 min 41 s.')).toBeDefined()
    await pass(60_000)
    expect(screen.getByText('This step stays open for 1 min 41 s.')).toBeDefined()
    await pass(101_000)
    expect(screen.getByRole('alert').textContent).toContain('This step stayed open too long')
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
  })
})

describe('a new password', () => {
  const field = () => screen.getByLabelText<HTMLInputElement>('New password')

  test('asks for the attributes the pool requires, with what is known filled in', async () => {
    const { bridge, user, onClose } = await openAt(newPassword)
    expect(screen.getByText('Step 2 · ana@acme.io')).toBeDefined()
    expect(screen.getByLabelText('Given name')).toHaveProperty('value', 'Ana')
    bridge.answers('signIn.answer', { kind: 'signed-in' })
    await user.type(field(), 'Brand-New-Horse-2')
    await user.type(screen.getByLabelText('Phone number'), '+491701234567{Enter}')
    expect(bridge.callsOf('signIn.answer')).toEqual([
      [
        'a-1',
        {
          kind: 'new-password',
          newPassword: 'Brand-New-Horse-2',
          attributes: { phone_number: '+491701234567', given_name: 'Ana' },
        },
      ],
    ])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('is not sent while a required attribute is blank', async () => {
    const { bridge, user } = await openAt(newPassword)
    await user.type(field(), 'Brand-New-Horse-2{Enter}')
    const phone = screen.getByLabelText('Phone number')
    expect(errorOf(phone)).toBe('This user pool requires a value here.')
    expect(document.activeElement).toBe(phone)
    expect(bridge.callsOf('signIn.answer')).toEqual([])
  })

  test('that breaks a rule shows the rule and loses nothing', async () => {
    const { bridge, user } = await openAt(newPassword)
    bridge.refuses('signIn.answer', 'sign-in.password-policy', {
      detail: 'Password must have uppercase characters',
    })
    await user.type(screen.getByLabelText('Phone number'), '+49')
    await user.type(field(), 'short{Enter}')
    expect(errorOf(field())).toContain('Password must have uppercase characters.')
    expect(field().value).toBe('short')
    expect(screen.getByLabelText('Phone number')).toHaveProperty('value', '+49')
  })

  test('comes back as it was typed once the sign-in was started again', async () => {
    const { bridge, user } = await openAt(newPassword)
    bridge.refuses('signIn.answer', 'sign-in.step-expired')
    await user.type(screen.getByLabelText('Phone number'), '+49')
    await user.type(field(), 'Brand-New-Horse-2{Enter}')
    await user.keyboard('{Enter}')
    expect(field().value).toBe('Brand-New-Horse-2')
    expect(screen.getByLabelText('Phone number')).toHaveProperty('value', '+49')
    expect(document.activeElement).toBe(field())
  })

  test('typed for one user is not filled in for another', async () => {
    const { bridge, user } = await openAt(newPassword)
    await user.type(field(), 'Brand-New-Horse-2')
    await user.click(screen.getByRole('button', { name: 'Back' }))
    bridge.answers('signIn.begin', { ...newPassword, attemptId: 'a-2', username: 'eve' })
    await user.type(screen.getByLabelText('Username, e-mail or phone'), 'eve{Enter}')
    expect(field().value).toBe('')
  })

  test('may be followed by another step in the same frame', async () => {
    const { bridge, user } = await openAt(newPassword)
    bridge.answers('signIn.answer', totp({ step: 3 }))
    await user.type(screen.getByLabelText('Phone number'), '+49')
    await user.type(field(), 'Brand-New-Horse-2{Enter}')
    expect(screen.getByText('Step 3 of 3 · ana@acme.io')).toBeDefined()
    expect(document.activeElement).toBe(code())
  })
})

test('a step without a field has the keyboard on what Enter means', async () => {
  const { user, onClose, bridge } = await openAt({
    kind: 'remember-device',
    attemptId: 'a-1',
    step: 3,
    username: 'ana',
    expiresAt: Date.now() + 170_000,
    deviceName: 'ana-laptop',
  })
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remember' }))
  bridge.answers('signIn.answer', { kind: 'signed-in' })
  await user.keyboard('{Enter}')
  expect(bridge.callsOf('signIn.answer')).toEqual([['a-1', { kind: 'remember-device', remember: true }]])
  expect(onClose).toHaveBeenCalledOnce()
})

test('an answer that comes after the dialog was closed cancels its attempt', async () => {
  const { bridge, user } = await open()
  const answer = bridge.holds('signIn.begin')
  await user.type(password(), 'pw{Enter}')
  cleanup()
  await act(async () => answer(ok(totp())))
  expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
})
