// Owns the last try at ending at Cognito what only this process can end, before it goes.
import type { Entry } from './book.ts'
import { inParallel } from './in-parallel.ts'
import type { Clock } from './ports.ts'

/** Whoever owes revocations. */
export interface Debtor {
  readonly atRisk: () => Promise<readonly Entry[]>
  readonly tryNow: (entry: Entry) => Promise<void>
}

/** A person waits for the window to close. */
const patienceMs = 3_000
const triesAtOnce = 8

/** Answers the names of the profiles for which it failed, after at most `patienceMs`. */
export const createLastTry =
  (debtors: readonly Debtor[], clock: Clock) => async (): Promise<readonly string[]> => {
    const namesAtRisk = async (): Promise<readonly string[]> =>
      (await Promise.all(debtors.map(({ atRisk }) => atRisk()))).flat().map(({ profile }) => profile.name)

    const tryAll = async ({ atRisk, tryNow }: Debtor): Promise<void> =>
      inParallel(triesAtOnce, await atRisk(), tryNow)

    if ((await namesAtRisk()).length === 0) return []
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const timer = clock.after(patienceMs, resolve)
    await Promise.race([Promise.all(debtors.map(tryAll)), late])
    timer[Symbol.dispose]()
    return namesAtRisk()
  }
