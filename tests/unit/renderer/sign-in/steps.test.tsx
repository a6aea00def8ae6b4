// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { failureTexts } from '../../../../main/failure-texts/index.ts'
import type { SignInAnswer } from '../../../../preload/views.ts'
import { SignInDialog } from '../../../../renderer/features/sign-in/SignInDialog.tsx'
import type { FakeBridge } from '../fake-bridge.ts'
import { mount } from '../render.tsx'
import { type StepName, sampleStep, stepNames } from '../sample-steps.ts'
import { sampleId, sampleProfile, sampleView } from '../samples.ts'

const profileId = sampleId(3)
const leavable = stepNames.filter((name) => name !== 'rememberDevice')

const openAt = async (name: StepName, prepare: (bridge: FakeBridge) => void = () => {}) => {
  const onClose = vi.fn<() => void>()
  const opened = await mount(<SignInDialog profileId={profileId} onClose={onClose} />, {}, (bridge) => {
    bridge.answers('signIn.cancel', undefined)
    bridge.answers('signIn.begin', sampleStep(name))
    bridge.answers('signIn.answer', { kind: 'signed-in' })
    bridge.holds('signIn.awaitBrowser')
    prepare(bridge)
  })
  await opened.user.type(screen.getByLabelText('Password'), 'pw{Enter}')
  return { ...opened, onClose }
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
const press = (name: string) => screen.getByRole('button', { name })
const errorOf = (label: string) =>
  document.getElementById(field(label).getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent

type Row = readonly [
  what: string,
  step: StepName,
  title: string,
  act: (user: UserEvent) => Promise<void>,
  answer: SignInAnswer,
]

const rows: readonly Row[] = [
  [
    'a code by text message',
    'sms',
    'Enter the code from the text message',
    (user) => user.keyboard('123 456{Enter}'),
    { kind: 'code', code: '123456' },
  ],
  [
    'a code of eight digits by e-mail',
    'otp',
    'Enter the code from the e-mail',
    (user) => user.keyboard('12345678{Enter}'),
    { kind: 'code', code: '12345678' },
  ],
  [
    'the first way of the list',
    'selectChallenge',
    'Choose how to sign in',
    (user) => user.keyboard('{Enter}'),
    { kind: 'select-challenge', choice: 'EMAIL_OTP' },
  ],
  [
    'a way nobody knows yet',
    'selectChallenge',
    'Choose how to sign in',
    async (user) => {
      await user.click(screen.getByRole('radio', { name: 'CARRIER_PIGEON' }))
      await user.click(press('Continue'))
    },
    { kind: 'select-challenge', choice: 'CARRIER_PIGEON' },
  ],
  [
    'a way that takes a password, with it',
    'selectChallenge',
    'Choose how to sign in',
    async (user) => {
      await user.keyboard('{ArrowDown}')
      await user.type(field('Password'), 'Correct-Horse-1{Enter}')
    },
    { kind: 'select-challenge', choice: 'PASSWORD_SRP', password: 'Correct-Horse-1' },
  ],
  [
    'the password, spaces included',
    'password',
    'Enter the password',
    (user) => user.keyboard(' pw {Enter}'),
    { kind: 'password', password: ' pw ' },
  ],
  [
    'one of several second factors',
    'selectMfa',
    'Choose a second factor',
    async (user) => {
      await user.click(screen.getByRole('radio', { name: 'Authenticator app' }))
      await user.keyboard('{Enter}')
    },
    { kind: 'select-mfa', choice: 'SOFTWARE_TOKEN_MFA' },
  ],
  [
    'which second factor to set up',
    'mfaSetup',
    'Set up a second factor',
    (user) => user.keyboard('{ArrowDown}{Enter}'),
    { kind: 'mfa-setup', choice: 'email' },
  ],
  [
    'a new authenticator with its name',
    'totpSetup',
    'Set up your authenticator',
    async (user) => {
      await user.keyboard('418231')
      await user.type(field('Name of the app'), ' my phone {Enter}')
    },
    { kind: 'totp-setup', code: '418231', deviceName: 'my phone' },
  ],
  [
    'where to send codes',
    'emailSetup',
    'Set up codes by e-mail',
    (user) => user.keyboard('ana@acme.io{Enter}'),
    { kind: 'email-setup', email: 'ana@acme.io' },
  ],
  [
    'a custom question',
    'custom',
    "Answer the user pool's question",
    (user) => user.keyboard('blue{Enter}'),
    { kind: 'custom', answer: 'blue' },
  ],
  [
    'a custom question with nothing',
    'custom',
    "Answer the user pool's question",
    (user) => user.keyboard('{Enter}'),
    { kind: 'custom', answer: '' },
  ],
  [
    'a challenge nobody knows yet',
    'unknown',
    'Answer RETINA_SCAN',
    (user) => user.keyboard('seen{Enter}'),
    { kind: 'unknown', answer: 'seen', responseName: 'ANSWER' },
  ],
  [
    'a challenge nobody knows yet, by another name of the response',
    'unknown',
    'Answer RETINA_SCAN',
    async (user) => {
      await user.keyboard('seen')
      await user.clear(field('Name of the response'))
      await user.type(field('Name of the response'), 'RETINA{Enter}')
    },
    { kind: 'unknown', answer: 'seen', responseName: 'RETINA' },
  ],
  [
    'that this device is to be remembered',
    'rememberDevice',
    'Remember this device?',
    (user) => user.click(press('Remember')),
    { kind: 'remember-device', remember: true },
  ],
  [
    'that this device is not to be remembered',
    'rememberDevice',
    'Remember this device?',
    (user) => user.click(press('Don’t remember')),
    { kind: 'remember-device', remember: false },
  ],
  [
    'the code and a new password',
    'forgotten',
    'Reset the password',
    async (user) => {
      await user.keyboard('123456')
      await user.type(field('New password'), 'Brand-New-Horse-2{Enter}')
    },
    { kind: 'reset-password', code: '123456', newPassword: 'Brand-New-Horse-2' },
  ],
  [
    'the code that confirms a sign-up',
    'confirmSignUp',
    'Confirm the sign-up',
    (user) => user.keyboard('123456{Enter}'),
    { kind: 'confirm-sign-up', code: '123456' },
  ],
]

describe('each step has its own words and is answered from the keyboard where it opens', () => {
  test.each(rows)('%s', async (_what, step, title, act, answer) => {
    const { bridge, user, onClose } = await openAt(step)
    expect(screen.getByRole('dialog', { name: title })).toBeDefined()
    await act(user)
    expect(bridge.callsOf('signIn.answer')).toEqual([['a-1', answer]])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test.each([
    ['otp', 'Code', 'Enter the code.'],
    ['password', 'Password', 'Enter the password.'],
    ['emailSetup', 'E-mail address', 'Enter an e-mail address, such as ana@acme.io.'],
    ['totpSetup', 'Code the app shows', 'Enter all six digits.'],
    ['forgotten', 'Code', 'Enter the code.'],
    ['confirmSignUp', 'Code', 'Enter the code.'],
  ] as const)('%s is not sent while it is blank', async (step, label, text) => {
    const { bridge, user } = await openAt(step)
    await user.click(press('Continue'))
    expect(errorOf(label)).toBe(text)
    expect(document.activeElement).toBe(field(label))
    expect(bridge.callsOf('signIn.answer')).toEqual([])
  })

  test.each(leavable)('%s can be left by Back, with the username kept, and by Cancel', async (step) => {
    const { bridge, user, onClose } = await openAt(step)
    await user.click(press('Back'))
    expect(field('Username, e-mail or phone').value).toBe('ana@acme.io')
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
    await user.click(press('Cancel'))
    expect(onClose).toHaveBeenCalledOnce()
  })
})

describe('a code that was sent', () => {
  test.each([
    ['sms', 'Sent by text message to +*******1234'],
    ['otp', 'Sent by e-mail to a***@e***'],
    ['required', 'Cognito did not say where it sent the code.'],
  ] as const)('%s says where it went', async (step, text) => {
    await openAt(step)
    expect(screen.getByText(text)).toBeDefined()
  })

  test('is sent again on request, which is said, and what was typed stays', async () => {
    const { bridge, user } = await openAt('forgotten')
    bridge.answers('signIn.resendCode', sampleStep('forgotten'))
    await user.type(field('New password'), 'Brand-New-Horse-2')
    await user.click(press('Send another code'))
    expect(bridge.callsOf('signIn.resendCode')).toEqual([['a-1']])
    expect(await screen.findByText('Another code is on its way; only the newest one counts.')).toBeDefined()
    expect(field('New password').value).toBe('Brand-New-Horse-2')
  })

  test('as second factor cannot be sent again', async () => {
    await openAt('sms')
    expect(screen.queryByRole('button', { name: 'Send another code' })).toBeNull()
  })

  test('that is wrong is told at the code', async () => {
    const { bridge, user } = await openAt('otp')
    bridge.refuses('signIn.answer', 'sign-in.wrong-code')
    await user.keyboard('1{Enter}')
    expect(errorOf('Code')).toContain(failureTexts['sign-in.wrong-code'].message)
  })
})

describe('setting up an authenticator', () => {
  test('draws the code here and shows the secret to type, in groups of four', async () => {
    await openAt('totpSetup')
    const picture = await screen.findByRole('img', { name: 'QR code for the authenticator app' })
    expect(picture.querySelector('path')?.getAttribute('d')?.length).toBeGreaterThan(1_000)
    expect(picture.hasAttribute('style')).toBe(false)
    expect(screen.getByText('JBSW Y3DP EHPK 3PXP')).toBeDefined()
  })

  test('copies the secret like every other secret, so that the clipboard is cleared', async () => {
    const { bridge, user } = await openAt('totpSetup', (fake) =>
      fake.answers('clipboard.copySecret', undefined),
    )
    await user.click(press('Copy secret'))
    expect(bridge.callsOf('clipboard.copySecret')).toEqual([['JBSWY3DPEHPK3PXP', 'authenticator secret']])
  })

  test('where nothing can be set up says who can, and offers no answer', async () => {
    await openAt('noMfaSetup')
    expect(screen.getByText(/The user pool offers: Code by text message/)).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull()
  })
})

test('what the pool sent is shown by its own names', async () => {
  await openAt('custom')
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getAllByRole('term').map((term) => term.textContent)).toEqual(['question', 'tries'])
  expect(dialog.getAllByRole('definition').map((each) => each.textContent)).toEqual(['Which colour?', '2'])
})

describe('a passkey', () => {
  test('leads to the browser, with main’s sentence why', async () => {
    const { bridge, user } = await openAt('webAuthn')
    expect(screen.getByText(failureTexts['sign-in.passkey'].message)).toBeDefined()
    expect(screen.getByText(failureTexts['sign-in.passkey'].remedy)).toBeDefined()
    bridge.answers('signIn.openBrowser', { ...sampleStep('browser'), attemptId: 'b-1' })
    await user.click(press('Sign in with the browser'))
    expect(bridge.callsOf('signIn.openBrowser')).toEqual([[profileId, { loginHint: 'ana@acme.io' }]])
    expect(screen.getByText(/Waiting for the browser/)).toBeDefined()
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
  })

  test('chosen from the list leads there too', async () => {
    const { bridge, user } = await openAt('selectChallenge')
    bridge.refuses('signIn.openBrowser', 'config.no-domain')
    await user.click(screen.getByRole('radio', { name: /^Passkey/ }))
    await user.click(press('Continue'))
    expect(screen.getByRole('alert').textContent).toContain(failureTexts['config.no-domain'].message)
    expect(screen.getByRole('dialog', { name: 'Choose how to sign in' })).toBeDefined()
  })

  test('without a domain says what is missing instead of offering what cannot work', async () => {
    await openAt('noWebAuthn')
    expect(screen.getByText(/enter the pool's domain in its settings/)).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Sign in with the browser' })).toBeNull()
  })
})

describe('the browser', () => {
  test('is waited for, can be opened again, and its address copied', async () => {
    const { bridge, user } = await openAt('browser')
    expect(bridge.callsOf('signIn.awaitBrowser')).toEqual([['a-1']])
    expect(press('Copy address')).toBeDefined()
    bridge.answers('signIn.openBrowser', { ...sampleStep('browser'), attemptId: 'b-2' })
    await user.click(press('Open it again'))
    expect(bridge.callsOf('signIn.awaitBrowser')).toEqual([['a-1'], ['b-2']])
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
  })

  test('that could not be opened leaves the address to copy', async () => {
    await openAt('closedBrowser')
    expect(screen.getByText('The system browser could not be opened')).toBeDefined()
    expect(press('Copy address')).toBeDefined()
  })
})

describe('the first stage', () => {
  const openFirst = async (
    changes: Parameters<typeof sampleProfile>[1],
    prepare: (bridge: FakeBridge) => void = () => {},
  ) => {
    const profile = sampleProfile(3, { username: 'ana', ...changes })
    return mount(
      <SignInDialog profileId={profileId} onClose={() => {}} />,
      { profiles: [sampleView(profile, { status: 'signed-out', revocationPending: false })] },
      (bridge) => {
        bridge.answers('signIn.cancel', undefined)
        bridge.answers('signIn.begin', sampleStep('selectChallenge'))
        bridge.holds('signIn.awaitBrowser')
        prepare(bridge)
      },
    )
  }

  test.each([
    ['choice by list', { signInMethod: 'choice' }],
    ['choice by code', { signInMethod: 'choice', preferredChallenge: 'EMAIL_OTP' }],
  ] as const)('asks for no password: %s', async (_what, changes) => {
    const { bridge, user } = await openFirst(changes)
    expect(screen.queryByLabelText('Password')).toBeNull()
    await user.click(press('Sign in'))
    expect(bridge.callsOf('signIn.begin')).toEqual([[profileId, { username: 'ana' }]])
  })

  test('asks for the password where choice-based sign-in prefers one', async () => {
    const { bridge, user } = await openFirst({ signInMethod: 'choice', preferredChallenge: 'PASSWORD' })
    await user.click(press('Sign in'))
    expect(errorOf('Password')).toBe('Enter the password.')
    expect(bridge.callsOf('signIn.begin')).toEqual([])
  })

  test('takes a password or none for a custom challenge', async () => {
    const { bridge, user } = await openFirst({ signInMethod: 'custom' })
    expect(field('Password')).toBeDefined()
    await user.click(press('Sign in'))
    expect(bridge.callsOf('signIn.begin')).toEqual([[profileId, { username: 'ana' }]])
  })

  test('of browser sign-in opens the browser, with a username or without', async () => {
    const { bridge, user } = await openFirst({ signInMethod: 'browser', username: undefined }, (fake) =>
      fake.answers('signIn.begin', sampleStep('browser')),
    )
    expect(screen.queryByRole('button', { name: 'Forgot password' })).toBeNull()
    await user.click(press('Open the browser'))
    expect(bridge.callsOf('signIn.begin')).toEqual([[profileId, { username: '' }]])
    expect(screen.getByText(/Waiting for the browser/)).toBeDefined()
  })

  test('Forgot password takes the username that is typed, and asks for one first', async () => {
    const { bridge, user } = await openFirst({}, (fake) =>
      fake.answers('signIn.forgotPassword', sampleStep('forgotten')),
    )
    await user.clear(field('Username, e-mail or phone'))
    await user.click(press('Forgot password'))
    expect(errorOf('Username, e-mail or phone')).toBe('Enter the username, e-mail or phone number.')
    await user.type(field('Username, e-mail or phone'), 'eve')
    await user.click(press('Forgot password'))
    expect(bridge.callsOf('signIn.forgotPassword')).toEqual([[profileId, 'eve']])
    expect(screen.getByRole('dialog', { name: 'Reset the password' })).toBeDefined()
  })

  test('the browser instead takes the username along', async () => {
    const { bridge, user } = await openFirst({}, (fake) =>
      fake.answers('signIn.openBrowser', sampleStep('browser')),
    )
    await user.click(press('Sign in with the browser instead'))
    expect(bridge.callsOf('signIn.openBrowser')).toEqual([[profileId, { loginHint: 'ana' }]])
  })

  test('a browser that needs a domain says so and leads to the profile', async () => {
    const { user } = await openFirst({}, (fake) => fake.refuses('signIn.openBrowser', 'config.no-domain'))
    await user.type(field('Password'), 'typed')
    await user.click(press('Sign in with the browser instead'))
    expect(screen.getByRole('alert').textContent).toContain(failureTexts['config.no-domain'].remedy)
    expect(press('Edit profile')).toBeDefined()
    expect(field('Password').value).toBe('typed')
  })
})

test('a device that could not be remembered does not hide that somebody is signed in', async () => {
  const { bridge, user, onClose } = await openAt('rememberDevice')
  bridge.refuses('signIn.answer', 'sign-in.device-unknown')
  await user.click(press('Remember'))
  expect(onClose).toHaveBeenCalledOnce()
})
