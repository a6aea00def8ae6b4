// Owns the way out: asks when quitting would lose sessions, then lets everything finish before the app ends.
import type { ProfileView } from '../../preload/views.ts'
import type { Log } from '../logging/log.ts'
import type { Clock } from '../sessions/ports.ts'
import { type LossQuestion, lossQuestion, type UnsavedSecret, unsavedProfiles } from './unsaved.ts'

/** The members of Electron's app that are used. */
export interface QuitPort {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  quit(): void
  exit(code: number): void
}

export interface QuitOptions {
  readonly app: QuitPort
  readonly views: () => readonly ProfileView[]
  /** Secrets that end with this process. */
  readonly unsavedSecrets: () => readonly UnsavedSecret[]
  /** Tries once more to end at Cognito what only this process can end, within a bound; the names of profiles for which that failed. */
  readonly endSignOuts: () => Promise<readonly string[]>
  /** False when nobody can answer. */
  readonly mayAsk: () => boolean
  /** Asks the person; true means: quit and lose them. */
  readonly ask: (question: LossQuestion) => Promise<boolean>
  /** Settles when no new tokens are on their way that would be lost with this process. */
  readonly tokensKept: () => Promise<void>
  /** Ends what is under way: writes, timers, the clipboard. */
  readonly finish: () => Promise<void>
  readonly clock: Pick<Clock, 'after'>
  readonly log: Log
}

/** Finishing must not keep the app from quitting for ever, whatever hangs. Milliseconds. */
const patienceMs = 5_000
/**
 * A rotated token that is not waited for ends its session. Longer than a request (10 s, a few where Cognito knows not the first) and a
 * keychain that asks the person (60 s on macOS) take with their own time-outs. Milliseconds.
 */
const tokenPatienceMs = 90_000

export interface QuitState {
  /** True once quitting is decided: windows close for good. */
  readonly isQuitting: boolean
}

/** Holds every quit back until it is agreed and everything is finished. */
export const guardQuit = (options: QuitOptions): QuitState => {
  const { app, clock, log } = options
  let state: 'running' | 'deciding' | 'leaving' = 'running'

  const isAgreed = async (): Promise<boolean> => {
    const signOuts = await options.endSignOuts()
    const secrets = options.unsavedSecrets()
    const namesOf = (wanted: UnsavedSecret['kind']): string[] =>
      secrets.flatMap(({ kind, name }) => (kind === wanted ? [name] : []))
    const question = lossQuestion({
      sessions: unsavedProfiles(options.views()).map(({ profile }) => profile.name),
      clientSecrets: namesOf('client-secret'),
      devices: namesOf('devices'),
      signOuts,
    })
    return question === undefined || !options.mayAsk() || options.ask(question)
  }
  /** False when it takes longer than `ms`. */
  const isDoneIn = async (ms: number, work: Promise<void>): Promise<boolean> => {
    const late = Promise.withResolvers<boolean>()
    using timer = clock.after(ms, () => late.resolve(false))
    void timer // held only to be cancelled when this ends
    return await Promise.race([work.then(() => true), late.promise])
  }
  const finishInTime = async (): Promise<void> => {
    const work = options.finish()
    if (await isDoneIn(patienceMs, work)) return
    log.warn('quit.impatient')
    await isDoneIn(tokenPatienceMs, Promise.race([work, options.tokensKept()]))
  }
  const leave = async (): Promise<void> => {
    // First, because what the keychain does not take of them is to be asked about.
    await isDoneIn(tokenPatienceMs, options.tokensKept())
    if (!(await isAgreed())) {
      state = 'running'
      return
    }
    await finishInTime()
    state = 'leaving'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (state === 'leaving') return
    event.preventDefault()
    if (state === 'deciding') return
    state = 'deciding'
    leave().catch((error: unknown) => {
      log.error('quit.failed', { error })
      app.exit(1)
    })
  })
  return {
    get isQuitting() {
      return state === 'leaving'
    },
  }
}
