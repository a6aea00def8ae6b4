// Owns two clients of the same Cognito behind one face: ours, and aws-amplify as its documentation says to use it in Node.
import { Amplify } from 'aws-amplify'
import { fetchAuthSession, signIn, signOut } from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { ConsoleLogger } from 'aws-amplify/utils'
import { valueOf } from '../../unit/sessions/fakes.ts'
import { type ClientId, password, poolId, profileOf, type Stage, startMachine } from '../sessions/support.ts'

export interface SignOut {
  /** Settles as soon as all is done that needs no answer to a refresh under way. */
  readonly begun: Promise<unknown>
  /** What a caller is told at the end. */
  readonly said: Promise<string>
}

/** One account at this client. */
export interface Account {
  /** Asks for new tokens: `new tokens`, `no tokens`, or the name of the error. */
  refresh(): Promise<string>
  /** Whether it hands out tokens, whatever the last refresh came to. */
  standing(): Promise<'signed in' | 'signed out'>
  /** Whose tokens it hands out after a refresh. */
  user(): Promise<string>
  /** What it does without being asked after a refresh that failed; undefined where it does nothing. */
  byItself(): Promise<string | undefined>
  signOut(): SignOut
  storedRefreshToken(): Promise<string>
}

export interface Subject {
  signIn(username: string): Promise<Account>
}

export const ours = ({ server, clock, vault }: Stage, clientId: ClientId): Subject => ({
  async signIn(username) {
    const profile = profileOf(server, clientId)
    const machine = await startMachine(clock, [profile], vault)
    const { sessions } = machine
    const { id } = profile
    valueOf(await sessions.beginSignIn(id, { username, password }))
    return {
      async refresh() {
        const answer = await sessions.fetchAuthSession(id, { forceRefresh: true })
        return answer.ok ? 'new tokens' : answer.failure.code
      },
      async standing() {
        const answer = await sessions.fetchAuthSession(id)
        return answer.ok ? 'signed in' : 'signed out'
      },
      async user() {
        const answer = await sessions.fetchAuthSession(id, { forceRefresh: true })
        return String(valueOf(answer).tokens.accessToken.payload['username'])
      },
      async byItself() {
        const session = sessions.view(id)?.session
        if (session?.status !== 'offline' || session.retryAt === undefined) return undefined
        const waits = session.retryAt - clock.now()
        await clock.advance(waits)
        await machine.until(id, 'active')
        return `new tokens by itself within ${Math.ceil(waits / 1_000)} s`
      },
      signOut: () => ({
        said: sessions.signOut(id).then((result) => valueOf(result).reached),
        begun: machine.until(id, 'signed-out'),
      }),
      async storedRefreshToken() {
        const read = await vault.readSession(profile)
        return read.kind === 'found' ? read.value.tokens.refreshToken : 'none'
      },
    }
  },
})

export const amplify = ({ server }: Stage, userPoolClientId: ClientId): Subject => {
  // It warns of every custom endpoint, at every configuration.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  Amplify.configure({
    Auth: { Cognito: { userPoolId: poolId, userPoolClientId, userPoolEndpoint: server.url } },
  })
  return {
    async signIn(username) {
      // A store per account: the only way to have two of them.
      const items = new Map<string, string>()
      const selectStore = (): void =>
        cognitoUserPoolsTokenProvider.setKeyValueStorage({
          setItem: async (key, value) => void items.set(key, value),
          getItem: async (key) => items.get(key) ?? null,
          removeItem: async (key) => void items.delete(key),
          clear: async () => items.clear(),
        })
      selectStore()
      await signIn({ username, password })
      const fetch = (forceRefresh: boolean) => {
        selectStore()
        return fetchAuthSession({ forceRefresh })
      }
      return {
        refresh: () =>
          fetch(true).then(
            ({ tokens }) => (tokens === undefined ? 'no tokens' : 'new tokens'),
            (error: unknown) => (error instanceof Error ? error.name : String(error)),
          ),
        standing: () =>
          fetch(false).then(
            ({ tokens }) => (tokens === undefined ? 'signed out' : 'signed in'),
            () => 'signed out',
          ),
        async user() {
          const username = (await fetch(true)).tokens?.accessToken.payload['username']
          return typeof username === 'string' ? username : 'nobody'
        },
        // It has no timer of its own.
        byItself: async () => undefined,
        signOut() {
          selectStore()
          const said = signOut().then(
            () => 'done',
            (error: unknown) => (error instanceof Error ? error.name : String(error)),
          )
          return { said, begun: server.requests.waitFor({ operation: 'RevokeToken' }) }
        },
        storedRefreshToken: async () =>
          [...items].find(([key]) => key.endsWith('.refreshToken'))?.[1] ?? 'none',
      }
    },
  }
}
