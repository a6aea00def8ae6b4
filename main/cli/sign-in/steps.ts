// Owns how each kind of step is asked for in a terminal. Keeps nothing that was typed, and asks Cognito nothing.
import type { SignInAnswer, SignInStep } from '../../../preload/views.ts'
import { shellWord } from '../../agent/terminal-remedy.ts'
import { fail, ok, type Result } from '../../failure.ts'
import type { AnswerSource } from '../answers-source.ts'
import { printable } from '../table.ts'
import { authenticatorText } from './authenticator.ts'
import { factorLabel, parameterLines, sentTo } from './words.ts'

export type Challenge = Exclude<SignInStep, { kind: 'signed-in' }>
type ChallengeOf<K extends Challenge['kind']> = Extract<Challenge, { kind: K }>

/** An answer for Cognito, or the wish for another code. */
export type Reply = SignInAnswer | 'resend'

export interface StepContext {
  readonly source: AnswerSource
  /** Of the profile, for what is to be typed next. */
  readonly profileName: string
  /** Undefined where nothing can be drawn. */
  readonly columns: number | undefined
}

/** Goes on with what was typed, or with what kept it from being typed. */
const map = <A, B>(result: Result<A>, next: (value: A) => B): Result<B> =>
  result.ok ? ok(next(result.value)) : result

const inBrowser = ({ profileName }: StepContext): Result<never> =>
  fail('sign-in.passkey', {
    message:
      "A passkey belongs to the web address of the pool's login page, so it cannot be used in a terminal.",
    remedy: `Sign in with: sesame sign-in ${shellWord(profileName)} --browser`,
  })

/** A code that came to the person; Enter alone asks for another one where there is one to be had. */
const sentCode = async (
  { source }: StepContext,
  step: ChallengeOf<'code' | 'confirm-sign-up' | 'reset-password'>,
): Promise<Result<string | undefined>> => {
  const another = step.canResend && source.isPerson ? ' (Enter alone sends another)' : ''
  const code = await source.code(`Code${sentTo(step.delivery)}${another}:`)
  return map(code, (typed) => (another !== '' && typed.trim() === '' ? undefined : typed.trim()))
}

const askCode = async (
  context: StepContext,
  step: ChallengeOf<'code' | 'confirm-sign-up'>,
): Promise<Result<Reply>> =>
  map(await sentCode(context, step), (code) => (code === undefined ? 'resend' : { kind: step.kind, code }))

const askResetPassword = async (
  context: StepContext,
  step: ChallengeOf<'reset-password'>,
): Promise<Result<Reply>> => {
  if (step.reason === 'required') context.source.show('An administrator asked for this password to be reset.')
  const code = await sentCode(context, step)
  if (!code.ok) return code
  const typed = code.value
  if (typed === undefined) return ok('resend')
  return map(await context.source.secret('New password:'), (newPassword) => ({
    kind: 'reset-password',
    code: typed,
    newPassword,
  }))
}

const askTotp = async (
  { source }: StepContext,
  { deviceName }: ChallengeOf<'totp'>,
): Promise<Result<Reply>> => {
  const device = deviceName === undefined ? '' : ` (${printable(deviceName)})`
  return map(await source.code(`Code of the authenticator app${device}:`), (code) => ({
    kind: 'totp',
    code: code.trim(),
  }))
}

const askTotpSetup = async (
  { source, columns }: StepContext,
  step: ChallengeOf<'totp-setup'>,
): Promise<Result<Reply>> => {
  if (source.isPerson) source.show(await authenticatorText(step, columns))
  const code = await source.code('Code the app shows:')
  if (!code.ok) return code
  return map(await source.line('Name of the app (may be empty):', ''), (deviceName) => ({
    kind: 'totp-setup',
    code: code.value.trim(),
    deviceName: deviceName.trim(),
  }))
}

const askNewPassword = async (
  { source }: StepContext,
  step: ChallengeOf<'new-password'>,
): Promise<Result<Reply>> => {
  source.show('This password is temporary: choose one of your own.')
  const newPassword = await source.secret('New password:')
  if (!newPassword.ok) return newPassword
  const attributes: Record<string, string> = {}
  for (const name of step.requiredAttributes) {
    const value = await source.line(`${printable(name)}:`, step.knownAttributes[name])
    if (!value.ok) return value
    attributes[name] = value.value
  }
  return ok({ kind: 'new-password', newPassword: newPassword.value, attributes })
}

const choicesOf = (values: readonly string[]) => values.map((value) => ({ value, label: factorLabel(value) }))

const askSelectChallenge = async (
  context: StepContext,
  { options }: ChallengeOf<'select-challenge'>,
): Promise<Result<Reply>> => {
  const { source } = context
  if (options.length === 0) return fail('sign-in.unsupported-challenge', { detail: 'no way in is offered' })
  const choice = await source.choice(
    'How do you want to sign in?',
    choicesOf(options.map((option) => option.choice)),
  )
  if (!choice.ok) return choice
  const answer = { kind: 'select-challenge', choice: choice.value } as const
  const needs = options.find((option) => option.choice === choice.value)?.needs
  if (needs === 'browser') return inBrowser(context)
  if (needs !== 'password') return ok(answer)
  return map(await source.secret('Password:'), (password) => ({ ...answer, password }))
}

const askSelectMfa = async (
  { source }: StepContext,
  { options }: ChallengeOf<'select-mfa'>,
): Promise<Result<Reply>> => {
  if (options.length === 0) return fail('sign-in.no-second-factor')
  return map(await source.choice('Which second factor?', choicesOf(options)), (choice) => ({
    kind: 'select-mfa',
    choice,
  }))
}

const askMfaSetup = async (
  { source }: StepContext,
  { options, elsewhere }: ChallengeOf<'mfa-setup'>,
): Promise<Result<Reply>> => {
  const others = elsewhere.map(factorLabel).map(printable).join(', ')
  if (options.length === 0) {
    return fail('sign-in.no-second-factor', {
      message: 'This user needs a second factor that cannot be set up here.',
      ...(others === '' ? {} : { detail: `the user pool offers ${others}` }),
    })
  }
  source.show('This user pool requires a second factor, and this user has none yet.')
  if (others !== '') source.show(`An administrator can set up instead: ${others}.`)
  return map(await source.choice('Which one do you want to set up?', choicesOf(options)), (choice) => ({
    kind: 'mfa-setup',
    choice: choice === 'email' ? 'email' : 'totp',
  }))
}

const askCustom = async (
  { source }: StepContext,
  { parameters }: ChallengeOf<'custom'>,
): Promise<Result<Reply>> => {
  source.show("The user pool's own question:")
  source.show(parameterLines(parameters))
  return map(await source.secret('Answer:'), (answer) => ({ kind: 'custom', answer }))
}

const askUnknown = async (
  { source }: StepContext,
  { challengeName, parameters }: ChallengeOf<'unknown'>,
): Promise<Result<Reply>> => {
  source.show(
    `Cognito asks for ${printable(challengeName)}, which Sesame does not know. It may still be answered:`,
  )
  source.show(parameterLines(parameters))
  const answer = await source.secret('Answer:')
  if (!answer.ok) return answer
  return map(await source.line('Name of the response:', 'ANSWER'), (responseName) => ({
    kind: 'unknown',
    answer: answer.value,
    ...(responseName.trim() === '' ? {} : { responseName: responseName.trim() }),
  }))
}

/** Asks what this step asks. Whatever is answered, or why nothing can be. */
export const replyTo = async (context: StepContext, step: Challenge): Promise<Result<Reply>> => {
  const { source } = context
  switch (step.kind) {
    case 'code':
    case 'confirm-sign-up':
      return askCode(context, step)
    case 'password':
      return map(await source.secret('Password:'), (password) => ({ kind: 'password', password }))
    case 'reset-password':
      return askResetPassword(context, step)
    case 'remember-device': {
      const device = printable(step.deviceName)
      const remember = await source.confirm(
        `Signed in. Shall the user pool remember this device, ${device}, and ask it for fewer second factors?`,
      )
      return ok({ kind: 'remember-device', remember })
    }
    case 'select-challenge':
      return askSelectChallenge(context, step)
    case 'select-mfa':
      return askSelectMfa(context, step)
    case 'mfa-setup':
      return askMfaSetup(context, step)
    case 'totp-setup':
      return askTotpSetup(context, step)
    case 'email-setup':
      return map(await source.line('E-mail address for codes:'), (email) => ({
        kind: 'email-setup',
        email: email.trim(),
      }))
    case 'custom':
      return askCustom(context, step)
    case 'web-authn':
    case 'browser':
      return inBrowser(context)
    case 'unknown':
      return askUnknown(context, step)
    case 'totp':
      return askTotp(context, step)
    case 'new-password':
      return askNewPassword(context, step)
    default:
      return step satisfies never
  }
}
