// Owns which answers from a browser are waited for: by callback URL and state, each once. Whatever else arrives changes nothing.
import { fail, ok, type Result } from '../../failure.ts'
import { createLoopback } from './loopback.ts'

export interface Expected {
  /** The address the browser came back to, with its answer. Never settles where none comes. */
  readonly arrival: Promise<URL>
  /** Waits no longer. Calling it again changes nothing. */
  release(): void
}

export interface Callbacks {
  /** Fails with `sign-in.callback-taken` where another program has the port. */
  expect(callbackUrl: string, state: string): Promise<Result<Expected>>
  /** True where it was waited for. */
  receive(url: string): boolean
}

interface Waiting {
  readonly callbackUrl: URL
  readonly arrived: (url: URL) => void
}

/** Letter by letter up to the query, as Cognito compares it. */
const isAt = (arrived: URL, callback: URL): boolean =>
  arrived.protocol === callback.protocol &&
  arrived.host === callback.host &&
  arrived.pathname === callback.pathname

export const createCallbacks = (): Callbacks => {
  const waiting = new Map<string, Waiting>()

  const receive = (text: string): boolean => {
    const url = URL.parse(text)
    const states = url?.searchParams.getAll('state') ?? []
    const [state] = states
    if (url === null || state === undefined || states.length > 1) return false
    const expected = waiting.get(state)
    if (expected === undefined || !isAt(url, expected.callbackUrl)) return false
    waiting.delete(state)
    expected.arrived(url)
    return true
  }

  const loopback = createLoopback(receive)

  return {
    receive,
    async expect(address, state) {
      const callbackUrl = URL.parse(address)
      if (callbackUrl === null) return fail('config.callback-url', { field: 'callbackUrl' })
      const listening =
        callbackUrl.protocol === 'http:'
          ? await loopback.listen(callbackUrl)
          : ok({ release: () => undefined })
      if (!listening.ok) return listening
      const { promise, resolve } = Promise.withResolvers<URL>()
      waiting.set(state, { callbackUrl, arrived: resolve })
      return ok({
        arrival: promise,
        release() {
          waiting.delete(state)
          listening.value.release()
        },
      })
    },
  }
}
