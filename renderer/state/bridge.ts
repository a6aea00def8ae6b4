// Owns the way to main: `window.sesame`, with a rejected promise (a bug) turned into a failure that can be shown.
import type { Failure, Result } from '../../main/failure.ts'
import type { RequestName } from '../../preload/channels.ts'
import type { RequestArgs, RequestValue, SesameBridge } from '../../preload/contract.ts'

declare global {
  interface Window {
    readonly sesame: SesameBridge
  }
}

/** The renderer takes only types from main/failure.ts, so the words for a bug stand here once more. */
const bug: Failure = {
  code: 'internal.bug',
  message: 'Something failed that Sesame did not expect.',
  remedy: 'Try again. If it stays, report it with the log file.',
}

/** What a rejected request becomes. The error goes to the console, which main writes to the log. */
export const bugFailure = (error: unknown): Extract<Result<never>, { ok: false }> => {
  console.error(error)
  return { ok: false, failure: bug }
}

/** Sends a request to main. Never rejects. */
export const request = async <N extends RequestName>(
  name: N,
  ...args: RequestArgs<N>
): Promise<Result<RequestValue<N>>> => {
  try {
    return await window.sesame.request(name, ...args)
  } catch (error) {
    return bugFailure(error)
  }
}
