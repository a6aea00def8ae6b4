// Owns signing in with the system browser from a terminal: opened, or its address printed, and waited for. Where the browser comes
// back to is the affair of the process that works for this command: the app, or this one.
import { signInStepSchema } from '../../agent/answers.ts'
import { fail, ok, type Result } from '../../failure.ts'
import type { Profile } from '../../profiles/profile.ts'
import { openerFor, openLink } from '../open-link.ts'
import { post } from '../paths.ts'
import { Interruption, type World } from '../world.ts'
import { attemptPath, giveUp } from './walk.ts'

/** Longer than the sign-in itself is waited for, which then says so. */
const patienceMs = 15 * 60_000

export interface BrowserOptions {
  readonly username: string | undefined
  /** Has the address printed instead of opened. */
  readonly printUrl: boolean
}

/** `sesame://` comes back to the app, which has to be running. */
const checkReceivable = async (world: World, { callbackUrl }: Profile): Promise<Result<void>> => {
  if (callbackUrl === undefined || /^http:/i.test(callbackUrl)) return ok(undefined)
  if ((await world.source()) === 'app') return ok(undefined)
  return fail('config.callback-url', {
    message: 'The callback URL of this profile leads to the Sesame app, which is not running.',
    remedy: 'Start the app, or use a callback URL of the app client that begins with http://localhost.',
    detail: callbackUrl,
  })
}

export const signInByBrowser = async (
  world: World,
  profile: Profile,
  { username, printUrl }: BrowserOptions,
): Promise<Result<void>> => {
  const receivable = await checkReceivable(world, profile)
  if (!receivable.ok) return receivable
  const wishes = username === undefined ? {} : { loginHint: username }
  const begun = await world.ask(signInStepSchema, post(profile.id, 'sign-in/browser', wishes))
  if (!begun.ok) return begun
  const step = begun.value
  if (step.kind !== 'browser') return fail('internal.bug')

  const { terminal } = world
  let isInterrupted = false
  const stopListening = terminal.onInterrupt(() => {
    isInterrupted = true
    void giveUp(world, step)
  })
  const over = new AbortController()
  const print = (): void => terminal.note(`Open this address in a browser on this machine:\n${step.url}`)
  const open = async (): Promise<void> => {
    const opened = await openLink(step.url, openerFor(process.platform, terminal.env), over.signal)
    if (opened.ok) return
    terminal.note(`${opened.failure.message} (${opened.failure.detail ?? ''})`)
    print()
  }
  try {
    const opening = printUrl ? Promise.resolve(print()) : open()
    terminal.note('Waiting for the browser to come back. Ctrl-C cancels.')
    const path = attemptPath(step.attemptId, '/browser')
    const done = await world.ask(signInStepSchema, { method: 'GET', path, patienceMs })
    over.abort()
    await opening
    if (isInterrupted) throw new Interruption()
    return done.ok ? ok(undefined) : done
  } finally {
    stopListening()
  }
}
