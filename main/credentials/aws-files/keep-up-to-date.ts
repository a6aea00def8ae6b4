// Owns when the shared files are written: on every change of a profile or session, and when credentials are due. What is written index.ts
// knows, what credentials are sessions/ do.
import PQueue from 'p-queue'
import type { Failure } from '../../failure.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { SessionManager } from '../../sessions/api.ts'
import { credentialsRenewAt } from '../../sessions/lifetimes.ts'
import type { Clock, ProfileSource } from '../../sessions/ports.ts'
import type { AwsFilesWriter } from './index.ts'
import type { KeptSections } from './kept-sections.ts'

export interface KeepUpToDateOptions {
  readonly files: AwsFilesWriter
  readonly kept: KeptSections
  readonly profiles: ProfileSource
  readonly sessions: Pick<SessionManager, 'view' | 'getCredentials' | 'onSessionChange'>
  readonly clock: Clock
  /** Told of a file that could not be written, and with undefined once that is over. */
  readonly tell: (profileId: string, failure: Failure | undefined) => void
  readonly reportBug: (error: unknown) => void
}

export interface Keeper {
  /** Lets writes under way finish, and begins none. */
  stop(): Promise<void>
}

/** After credentials were refused or a file could not be written, unless something changes earlier. */
const retryMs = 60_000

/** What is written depends on this and nothing else. How refreshing goes is no part of it: that changes by our own asking. */
const stateOf = (profile: Profile | undefined, view: ReturnType<SessionManager['view']>): string => {
  const session = view?.session
  const { name, awsFiles, exportRegion, identityPoolId, roleArn, credentialsFlow, credentialsSeconds } =
    profile ?? {}
  const live =
    session !== undefined && 'lifetimes' in session
      ? ['live', session.lifetimes.tokens.issuedAt, session.lifetimes.credentials?.obtainedAt]
      : [session?.status]
  return JSON.stringify([
    [name, awsFiles, exportRegion, identityPoolId, roleArn, credentialsFlow, credentialsSeconds],
    live,
  ])
}

/** Starts keeping the files of every profile that asks for it. */
export const keepUpToDate = (options: KeepUpToDateOptions): Keeper => {
  const { files, kept, profiles, sessions, clock, tell, reportBug } = options
  const queue = new PQueue({ concurrency: 1 })
  /** Of the profiles that have a section, or may have one. */
  const states = new Map<string, string>()
  let remembered = ''
  const timers = new Map<string, Disposable>()
  /** When what a profile has in the file runs out. */
  const expiries = new Map<string, number>()
  let isStopped = false

  const again = (id: string, atMs: number): void => {
    timers.get(id)?.[Symbol.dispose]()
    if (isStopped) return
    timers.set(
      id,
      clock.after(Math.max(1_000, atMs - clock.now()), () => enqueue(id)),
    )
  }

  const remember = async (): Promise<void> => {
    const ids = [...states.keys()]
    if (remembered === ids.join()) return
    remembered = ids.join()
    await kept.write(ids)
  }

  const remove = async (id: string): Promise<boolean> => {
    expiries.delete(id)
    const removed = await files.remove(id)
    if (!removed.ok) again(id, clock.now() + retryMs)
    tell(id, removed.ok ? undefined : removed.failure)
    return removed.ok
  }

  const write = async (profile: Profile, input: Omit<Parameters<AwsFilesWriter['apply']>[0], 'profile'>) => {
    const written = await files.apply({ profile, ...input }, { takeOver: false })
    tell(profile.id, written.ok ? undefined : written.failure)
    if (!written.ok) again(profile.id, clock.now() + retryMs)
    return written.ok
  }

  const writeSection = async (
    profile: Profile,
    awsFiles: NonNullable<Profile['awsFiles']>,
  ): Promise<void> => {
    const { id } = profile
    const session = sessions.view(id)?.session
    // Not known yet, or in a keychain that is locked: what is in the file is as good as before.
    if (session === undefined || session.status === 'loading' || session.status === 'unavailable') return
    if (session.status === 'signed-out') {
      await remove(id)
      return
    }
    if (session.status !== 'ended') {
      const got = await sessions.getCredentials(id)
      if (got.ok) {
        const { credentials } = got.value
        if (!(await write(profile, { awsFiles, credentials }))) return
        expiries.set(id, credentials.expiresAt)
        again(id, credentialsRenewAt(credentials.obtainedAt, credentials.expiresAt) + 1)
        return
      }
    }
    // Issued credentials live on until they expire, whatever became of the session; then they are of no use to anybody.
    const isEnded = session.status === 'ended'
    const expiresAt = expiries.get(id)
    if (expiresAt === undefined ? isEnded : clock.now() >= expiresAt) await remove(id)
    else if (isEnded && expiresAt !== undefined) again(id, expiresAt)
    if (!isEnded) again(id, Math.min(clock.now() + retryMs, expiries.get(id) ?? Number.POSITIVE_INFINITY))
  }

  const sync = async (id: string): Promise<void> => {
    if (isStopped) return
    const profile = profiles.get(id)
    const { awsFiles } = profile ?? {}
    if (profile === undefined || awsFiles === undefined || awsFiles.kind === 'off') {
      // Removed, or switched off: only where there was something, so that other profiles cost nothing.
      if (!states.has(id) || !(await remove(id))) return
      states.delete(id)
      return remember()
    }
    await remember()
    if (awsFiles.kind === 'credentials-section') return writeSection(profile, awsFiles)
    await write(profile, { awsFiles, credentials: undefined })
  }

  const enqueue = (id: string): void => {
    queue.add(() => sync(id)).catch(reportBug)
  }

  const look = (id: string): void => {
    const profile = profiles.get(id)
    const isKept = profile?.awsFiles !== undefined && profile.awsFiles.kind !== 'off'
    if (!isKept && !states.has(id)) return
    const state = stateOf(profile, sessions.view(id))
    if (states.get(id) === state) return
    states.set(id, state)
    enqueue(id)
  }

  const lookAtAll = (): void => {
    for (const id of new Set([...profiles.list().map((profile) => profile.id), ...states.keys()])) look(id)
  }

  const unsubscribers = [
    profiles.onChange(lookAtAll),
    sessions.onSessionChange((change) => {
      if (change.kind === 'profiles') for (const id of change.profileIds) look(id)
    }),
  ]
  const begin = async (): Promise<void> => {
    const ids = await kept.read()
    remembered = ids.join()
    for (const id of ids) states.set(id, '')
    lookAtAll()
  }
  queue.add(begin).catch(reportBug)

  return {
    async stop() {
      isStopped = true
      for (const unsubscribe of unsubscribers) unsubscribe()
      for (const timer of timers.values()) timer[Symbol.dispose]()
      await queue.onIdle()
    },
  }
}
