// Owns `sign-in`: one question per step, each kind of step in one place. Keeps nothing that was typed.
import type { CodeDelivery, SignInAnswer, SignInStep } from '../../../preload/views.ts'
import { emptySchema, listedProfileSchema, signInStepSchema } from '../../agent/answers.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { type AnswerOptions, type AnswerSource, answerSource } from '../answers-source.ts'
import { get, post } from '../paths.ts'
import { printable } from '../table.ts'
import type { Outcome, World } from '../world.ts'

type Challenge = Exclude<SignInStep, { kind: 'signed-in' }>

const askTotp = async (
  source: AnswerSource,
  step: Extract<Challenge, { kind: 'totp' }>,
): Promise<Result<SignInAnswer>> => {
  const device = step.deviceName === undefined ? '' : ` (${printable(step.deviceName)})`
  const code = await source.code(`Code of the authenticator app${device}:`)
  return code.ok ? ok({ kind: 'totp', code: code.value.trim() }) : code
}

const askNewPassword = async (
  source: AnswerSource,
  step: Extract<Challenge, { kind: 'new-password' }>,
): Promise<Result<SignInAnswer>> => {
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

const sentTo = ({ destination }: CodeDelivery): string =>
  destination === undefined ? '' : ` sent to ${printable(destination)}`

const askResetPassword = async (
  source: AnswerSource,
  step: Extract<Challenge, { kind: 'reset-password' }>,
): Promise<Result<SignInAnswer>> => {
  const code = await source.code(`Code${sentTo(step.delivery)}:`)
  if (!code.ok) return code
  const newPassword = await source.secret('New password:')
  if (!newPassword.ok) return newPassword
  return ok({ kind: 'reset-password', code: code.value.trim(), newPassword: newPassword.value })
}

const askCode = async (
  source: AnswerSource,
  { kind, delivery }: Extract<Challenge, { kind: 'code' | 'confirm-sign-up' }>,
): Promise<Result<SignInAnswer>> => {
  const code = await source.code(`Code${sentTo(delivery)}:`)
  return code.ok ? ok({ kind, code: code.value.trim() }) : code
}

/** Steps with something to look at or to choose from have their place in the window. */
const notHere = (): Result<never> =>
  fail('sign-in.method-unavailable', {
    message: 'This sign-in has a step that is not in this version of the command.',
    remedy: 'Sign in in the Sesame window.',
  })

const answerTo = async (source: AnswerSource, step: Challenge): Promise<Result<SignInAnswer>> => {
  switch (step.kind) {
    case 'code':
    case 'confirm-sign-up':
      return askCode(source, step)
    case 'password': {
      const password = await source.secret('Password:')
      return password.ok ? ok({ kind: 'password', password: password.value }) : password
    }
    case 'reset-password':
      return askResetPassword(source, step)
    case 'remember-device':
      // Nobody asked for the second factor to be skipped from now on.
      return ok({ kind: 'remember-device', remember: false })
    case 'select-challenge':
    case 'select-mfa':
    case 'mfa-setup':
    case 'totp-setup':
    case 'email-setup':
    case 'custom':
    case 'web-authn':
    case 'unknown':
    case 'browser':
      return notHere()
    case 'totp':
      return askTotp(source, step)
    case 'new-password':
      return askNewPassword(source, step)
    default:
      return step satisfies never
  }
}

const attemptPath = (attemptId: string): string => `/v1/sign-in/${encodeURIComponent(attemptId)}`

/** A wrong code or a weak password may be asked for again; the attempt stays open on the other side. */
const mayRepeat = (code: string): boolean =>
  code === 'sign-in.wrong-code' || code === 'sign-in.password-policy'

const walk = async (world: World, source: AnswerSource, first: SignInStep): Promise<Result<void>> => {
  let step = first
  while (step.kind !== 'signed-in') {
    const path = attemptPath(step.attemptId)
    const answer = await answerTo(source, step)
    const next = answer.ok
      ? await world.ask(signInStepSchema, { method: 'POST', path, body: answer.value })
      : answer
    if (next.ok) {
      step = next.value
    } else if (source.canRepeat && mayRepeat(next.failure.code)) {
      world.terminal.note(`${next.failure.message} ${next.failure.remedy}`)
    } else {
      await world.ask(emptySchema, { method: 'DELETE', path })
      return next
    }
  }
  return ok(undefined)
}

export interface SignInOptions extends AnswerOptions {
  readonly username: string | undefined
  readonly browser: boolean
}

export const signIn = async (world: World, name: string, options: SignInOptions): Outcome => {
  if (options.browser) {
    return fail('sign-in.method-unavailable', {
      message: 'Signing in with the browser is not in this version of the command.',
      remedy: 'Sign in with a password here, or in the Sesame window.',
    })
  }
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile } = found.value
  const source = answerSource(world.terminal, options)
  const known = options.username ?? profile.username
  const username = known === undefined ? await source.line('Username:') : ok(known)
  if (!username.ok) {
    return fail('cli.usage', {
      message: 'This profile has no username.',
      remedy: 'Give one with --username.',
    })
  }
  const password = await source.secret(`Password of ${printable(username.value)}:`)
  if (!password.ok) return password
  const begun = await world.ask(
    signInStepSchema,
    post(profile.id, 'sign-in', { username: username.value, password: password.value }),
  )
  if (!begun.ok) return begun
  const done = await walk(world, source, begun.value)
  if (!done.ok) return done
  return ok({
    json: { profile: profile.name, signedIn: true },
    text: `Signed in to ${printable(profile.name)}.\n`,
  })
}
