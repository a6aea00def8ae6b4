// Owns what has to be true of the store and of Cognito after a kill: the session that is there, and nothing of any before it.
import { setTimeout as pause } from 'node:timers/promises'
import type { CognitoServer } from '../../cognito-server/index.ts'
import type { Engine } from './engine-child.ts'
import { pool, type Step, user } from './protocol.ts'

/** Names of the items that the store really holds. */
export type StoredItems = (engine: Engine, isSignedIn: boolean) => Promise<readonly string[]>

export interface Aftermath {
  /** What Cognito opens from here on and nobody comes to store is no session of ours. */
  stepBegins(): void
  /** Whether a sign-in was opened since the last step began. */
  isOpenedSince(signIn: string): boolean
  /**
   * Settles as soon as `current`, a sign-in's `origin_jti`, is all that is alive and stored. Answers what is left where that does not
   * come about.
   */
  settled(
    engine: Engine,
    current: string | undefined,
    interrupted: Step | undefined,
  ): Promise<string | undefined>
}

/** Milliseconds. A revocation is asked for at once; this is how long one that is not is waited for. */
const patienceMs = 20_000

const isHead = (name: string): boolean => /^session\/[^#]*(#2)?$/.test(name)
const isOfSession = (name: string): boolean => name.startsWith('session/')

export const createAftermath = (server: CognitoServer, stored: StoredItems): Aftermath => {
  const signIns = (alive: boolean) => server.admin.signInsOf(pool.id, user.username, { alive })
  /** Sign-ins that were killed before anybody had their tokens: nobody can revoke those. */
  const strays = new Set<string>()
  let before: ReadonlySet<string> = new Set()

  const left = async (
    engine: Engine,
    current: string | undefined,
    interrupted: Step | undefined,
  ): Promise<string | undefined> => {
    const report = await engine.order('look')
    if (report.kind !== 'session') return JSON.stringify(report)
    if (report.isRevocationPending) return 'the sign-out is still pending'
    const alive = signIns(true).filter((signIn) => signIn !== current && !strays.has(signIn))
    if (alive.length > 0) return `${alive.length} earlier sign-ins are alive at Cognito`
    const items = await stored(engine, current !== undefined)
    const aside = items.find((name) => name.startsWith('set-aside/'))
    if (aside !== undefined) return `${aside} was damaged`
    // Parts without a head are not there for anybody, and go with the next sign-in.
    const kept = items.filter(current === undefined && interrupted !== 'sign-in' ? isOfSession : isHead)
    return kept.length === (current === undefined ? 0 : 1) ? undefined : `stored: ${items.join(', ')}`
  }

  return {
    stepBegins() {
      before = new Set(signIns(false))
    },
    isOpenedSince: (signIn) => !before.has(signIn),
    async settled(engine, current, interrupted) {
      if (interrupted === 'sign-in') {
        for (const signIn of signIns(false)) if (!before.has(signIn) && signIn !== current) strays.add(signIn)
      }
      const until = performance.now() + patienceMs
      for (;;) {
        const what = await left(engine, current, interrupted)
        if (what === undefined || performance.now() > until) return what
        await pause(5)
      }
    },
  }
}
