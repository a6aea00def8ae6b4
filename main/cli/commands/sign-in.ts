// Owns `sign-in`: which way it begins, by the profile's method and what was asked for. Keeps nothing that was typed.
import type { SignInStep } from '../../../preload/views.ts'
import { listedProfileSchema, signInStepSchema } from '../../agent/answers.ts'
import { fail, ok, type Result } from '../../failure.ts'
import type { Profile } from '../../profiles/profile.ts'
import { type AnswerOptions, type AnswerSource, answerSource } from '../answers-source.ts'
import { get, post } from '../paths.ts'
import { signInByBrowser } from '../sign-in/browser.ts'
import { walk } from '../sign-in/walk.ts'
import { printable } from '../table.ts'
import type { Outcome, World } from '../world.ts'

export interface SignInOptions extends AnswerOptions {
  readonly username: string | undefined
  readonly browser: boolean
  readonly printUrl: boolean
  readonly forgotPassword: boolean
}

/** As with sudo. Five wrong ones lock the user for a while (cognito.md, "Numbers"). */
const triesAtMost = 3

type Need = 'required' | 'optional' | 'none'

/** Whether a method begins with a password. By choice it only does so where the profile says which; else Cognito lists the ways. */
export const passwordNeed = ({
  signInMethod,
  preferredChallenge,
}: Pick<Profile, 'signInMethod' | 'preferredChallenge'>): Need => {
  if (signInMethod === 'browser') return 'none'
  if (signInMethod === 'custom') return 'optional'
  if (signInMethod !== 'choice' || preferredChallenge?.startsWith('PASSWORD') === true) return 'required'
  return 'none'
}

const askPassword = async (
  source: AnswerSource,
  need: Need,
  username: string,
  { passwordStdin, chosen }: SignInOptions,
): Promise<Result<string | undefined>> => {
  const question = `Password of ${printable(username)}`
  if (need === 'required') return source.secret(`${question}:`)
  // A script that pipes one in means it to be used, unless it chooses another way first.
  if (!source.isPerson)
    return passwordStdin && chosen.length === 0 ? source.secret(`${question}:`) : ok(undefined)
  return need === 'none' ? ok(undefined) : source.secret(`${question} (Enter alone where none is asked for):`)
}

const begin = async (
  world: World,
  source: AnswerSource,
  profile: Profile,
  username: string,
  options: SignInOptions,
): Promise<Result<SignInStep>> => {
  if (options.forgotPassword)
    return world.ask(signInStepSchema, post(profile.id, 'forgot-password', { username }))
  for (let tries = 1; ; tries += 1) {
    const password = await askPassword(source, passwordNeed(profile), username, options)
    if (!password.ok) return password
    const given = password.value === undefined ? {} : { password: password.value }
    const begun = await world.ask(signInStepSchema, post(profile.id, 'sign-in', { username, ...given }))
    if (begun.ok || begun.failure.code !== 'sign-in.wrong-password') return begun
    if (!source.isPerson || tries === triesAtMost) return begun
    world.terminal.note(begun.failure.message)
  }
}

const signInHere = async (world: World, profile: Profile, options: SignInOptions): Promise<Result<void>> => {
  const source = answerSource(world.terminal, options)
  const known = options.username ?? profile.username
  const username = known === undefined ? await source.line('Username:') : ok(known)
  if (!username.ok) {
    return fail('cli.usage', {
      message: 'This profile has no username.',
      remedy: 'Give one with --username.',
    })
  }
  const begun = await begin(world, source, profile, username.value.trim(), options)
  if (!begun.ok) return begun
  const { columns } = world.terminal
  return walk(world, { source, profileName: profile.name, columns }, begun.value)
}

export const signIn = async (world: World, name: string, options: SignInOptions): Outcome => {
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile } = found.value
  const isBrowser = options.browser || options.printUrl || profile.signInMethod === 'browser'
  const done = await (isBrowser
    ? signInByBrowser(world, profile, {
        username: options.username ?? profile.username,
        printUrl: options.printUrl,
      })
    : signInHere(world, profile, options))
  if (!done.ok) return done
  return ok({
    json: { profile: profile.name, signedIn: true },
    text: `Signed in to ${printable(profile.name)}.\n`,
  })
}
