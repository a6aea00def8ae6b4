// Owns which answers from a browser are waited for: sign-ins by callback URL and state, sign-outs by URL, each once. Whatever else arrives changes nothing.
import { fail, ok, type Result } from '../../failure.ts'
import { isCallbackUrl } from '../../profiles/patterns.ts'
import type { Landing } from './landing-page.ts'
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
  /** Waits for a browser that comes back from the sign-out page: by URL alone, since it brings nothing. Nowhere but on this machine. */
  expectSignedOut(logoutUrl: string): Promise<Expected | undefined>
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
  const leaving = new Set<Waiting>()

  const signedOut = (url: URL): Landing | undefined => {
    const expected = [...leaving].find(({ callbackUrl }) => isAt(url, callbackUrl))
    expected?.arrived(url)
    return expected && 'sign-out'
  }

  const receive = (text: string): Landing | undefined => {
    const url = URL.parse(text)
    const states = url?.searchParams.getAll('state') ?? []
    const [state] = states
    if (url === null || states.length > 1) return undefined
    if (state === undefined) return signedOut(url)
    const expected = waiting.get(state)
    if (expected === undefined || !isAt(url, expected.callbackUrl)) return undefined
    waiting.delete(state)
    expected.arrived(url)
    return 'sign-in'
  }

  const loopback = createLoopback(receive)

  return {
    receive: (url) => receive(url) !== undefined,

    async expectSignedOut(address) {
      const callbackUrl = URL.parse(address)
      if (callbackUrl === null || !isCallbackUrl(address) || callbackUrl.protocol !== 'http:')
        return undefined
      const listening = await loopback.listen(callbackUrl)
      if (!listening.ok) return undefined
      const { promise, resolve } = Promise.withResolvers<URL>()
      const expected = { callbackUrl, arrived: resolve }
      leaving.add(expected)
      return {
        arrival: promise,
        release() {
          leaving.delete(expected)
          listening.value.release()
        },
      }
    },

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
