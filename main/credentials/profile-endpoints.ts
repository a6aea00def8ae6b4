// Owns the container endpoints of the running app: one for each profile that asks for it, open while it has a session. How an
// endpoint answers container-endpoint.ts knows, what credentials are sessions/ do.
import PQueue from 'p-queue'
import { type Failure, failure, ok } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { SessionManager } from '../sessions/api.ts'
import type { Clock, ProfileSource } from '../sessions/ports.ts'
import { type ContainerEndpoint, startContainerEndpoint } from './container-endpoint.ts'

export interface ProfileEndpointsOptions {
  readonly profiles: ProfileSource
  readonly sessions: Pick<SessionManager, 'view' | 'getCredentials' | 'onSessionChange' | 'note'>
  readonly clock: Clock
  readonly reportBug: (error: unknown) => void
}

export type EndpointState =
  | { readonly kind: 'off' }
  /** The profile asks for it, and nothing listens; why. */
  | { readonly kind: 'closed'; readonly failure: Failure }
  | { readonly kind: 'listening'; readonly endpoint: Pick<ContainerEndpoint, 'uri' | 'token'> }

export interface ProfileEndpoints {
  /** As it is once every change so far has been followed. */
  state(profileId: string): Promise<EndpointState>
  /** Gives the endpoint another token, so that whoever has the one before is refused; its address stays. Answers the state. */
  renewToken(profileId: string): Promise<EndpointState>
  /** Closes every endpoint, and opens none. */
  stop(): Promise<void>
}

interface Open {
  readonly endpoint: ContainerEndpoint
  /** Whose credentials it has: another person's or role's are no continuation of these. Unknown while the session is over. */
  owner: string | undefined
  /** The last that were handed out. */
  servedKeyId: string | undefined
}

type Wish =
  | { readonly kind: 'off' }
  | { readonly kind: 'closed'; readonly failure: Failure }
  /** Nothing is known of the session: what is open stays so. */
  | { readonly kind: 'unknown'; readonly failure: Failure }
  | { readonly kind: 'open'; readonly owner: string | undefined }

/** An ended session keeps its endpoint: whoever asks is told to sign in, and served again at the same address afterwards. */
const wishOf = (profile: Profile | undefined, view: ReturnType<SessionManager['view']>): Wish => {
  if (profile?.containerEndpoint !== true) return { kind: 'off' }
  const { identityPoolId, roleArn, credentialsFlow, credentialsSeconds } = profile
  if (identityPoolId === undefined)
    return { kind: 'closed', failure: failure('credentials.no-identity-pool') }
  const session = view?.session
  if (session === undefined || session.status === 'loading')
    return { kind: 'unknown', failure: failure('session.none') }
  if (session.status === 'unavailable') return { kind: 'unknown', failure: session.failure }
  if (session.status === 'signed-out') return { kind: 'closed', failure: failure('session.none') }
  if (session.status === 'ended') return { kind: 'open', owner: undefined }
  const owner = [session.userId, identityPoolId, roleArn, credentialsFlow, credentialsSeconds]
  return { kind: 'open', owner: JSON.stringify(owner) }
}

/** Opens, and closes again, what the profiles ask for, from now on. */
export const createProfileEndpoints = (options: ProfileEndpointsOptions): ProfileEndpoints => {
  const { profiles, sessions, clock, reportBug } = options
  const queue = new PQueue({ concurrency: 1 })
  const opened = new Map<string, Open>()
  let isStopped = false

  const wish = (id: string): Wish =>
    isStopped ? { kind: 'off' } : wishOf(profiles.get(id), sessions.view(id))

  /** Tools ask again and again; a person reads about it once per credentials. */
  const note = (id: string, keyId: string): void => {
    const open = opened.get(id)
    if (open === undefined || open.servedKeyId === keyId) return
    open.servedKeyId = keyId
    sessions.note(id, 'exported', 'by the container endpoint')
  }

  const open = async (id: string, owner: string | undefined): Promise<EndpointState> => {
    const started = await startContainerEndpoint({
      get: async () => {
        const got = await sessions.getCredentials(id)
        return got.ok ? ok(got.value.credentials) : got
      },
      clock,
      onServed: ({ accessKeyId }) => note(id, accessKeyId),
      onError: reportBug,
    })
    if (!started.ok) return { kind: 'closed', failure: started.failure }
    opened.set(id, { endpoint: started.value, owner, servedKeyId: undefined })
    return { kind: 'listening', endpoint: started.value }
  }

  const close = async (id: string): Promise<void> => {
    const found = opened.get(id)
    opened.delete(id)
    await found?.endpoint.close()
  }

  const sync = async (id: string): Promise<EndpointState> => {
    const wanted = wish(id)
    const found = opened.get(id)
    if (wanted.kind === 'unknown') {
      return found === undefined
        ? { kind: 'closed', failure: wanted.failure }
        : { kind: 'listening', endpoint: found.endpoint }
    }
    if (wanted.kind !== 'open') {
      await close(id)
      return wanted
    }
    if (found === undefined) return open(id, wanted.owner)
    if (wanted.owner !== undefined && wanted.owner !== found.owner) {
      found.endpoint.forget()
      found.owner = wanted.owner
    }
    return { kind: 'listening', endpoint: found.endpoint }
  }

  const state = (id: string): Promise<EndpointState> => queue.add(() => sync(id))

  const look = (id: string): void => {
    if (wish(id).kind === 'off' && !opened.has(id)) return
    state(id).catch(reportBug)
  }
  const lookAtAll = (): void => {
    for (const id of new Set([...profiles.list().map((profile) => profile.id), ...opened.keys()])) look(id)
  }

  const unsubscribers = [
    profiles.onChange(lookAtAll),
    sessions.onSessionChange((change) => {
      if (change.kind === 'profiles') for (const id of change.profileIds) look(id)
    }),
  ]
  lookAtAll()

  return {
    state,
    async renewToken(id) {
      const now = await state(id)
      if (now.kind === 'listening') opened.get(id)?.endpoint.renewToken()
      return now
    },
    async stop() {
      isStopped = true
      for (const unsubscribe of unsubscribers) unsubscribe()
      await queue.onIdle()
      await Promise.all([...opened.keys()].map(close))
    },
  }
}
