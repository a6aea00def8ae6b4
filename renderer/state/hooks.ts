// Owns how components read the window's state.
import { useSyncExternalStore } from 'react'
import type { ProfileView, SessionView } from '../../preload/views.ts'
import type { AppState } from './app-state.ts'
import { appStore } from './app-store.ts'
import { readNow, subscribeToNow } from './now.ts'
import { useStore } from './use-store.ts'

/** Part of the window's state. `select` picks and builds nothing. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(appStore, select)

/** Every profile, in order. */
export const useProfiles = (): readonly ProfileView[] => useApp((state) => state.profiles)

export const useProfile = (id: string | undefined): ProfileView | undefined =>
  useApp((state) => (id === undefined ? undefined : state.byId.get(id)))

/** The profile the window shows. */
export const useSelected = (): ProfileView | undefined =>
  useApp((state) => (state.selectedId === undefined ? undefined : state.byId.get(state.selectedId)))

/** A session that holds tokens, whatever its last refresh said. */
export type LiveSession = Extract<SessionView, { lifetimes: unknown }>

/** The session, if it holds tokens. */
export const liveSession = (session: SessionView | undefined): LiveSession | undefined =>
  session !== undefined && 'lifetimes' in session ? session : undefined

export interface AuthSessionState {
  /** Undefined when there is no such profile. */
  readonly session: SessionView | undefined
  readonly live: LiveSession | undefined
  readonly isAuthenticated: boolean
}

/** The session of a profile, as main last told it (P7). */
export const useAuthSession = (profileId: string | undefined): AuthSessionState => {
  const session = useProfile(profileId)?.session
  const live = liveSession(session)
  return { session, live, isAuthenticated: live !== undefined }
}

const serverOffset = (): number => appStore.get().clockOffsetMs ?? 0

/**
 * Something worked out from the time, in the server's clock that the instants of a view are in. Renders again only when
 * the result changes, so a countdown in minutes renders once a minute. `derive` answers a string, number or boolean.
 */
export const useTicking = <T extends string | number | boolean>(derive: (now: number) => T): T =>
  useSyncExternalStore(subscribeToNow, () => derive(readNow() + serverOffset()))

/** The time in steps of `resolutionMs` (1,000 or more), in the server's clock. */
export const useNow = (resolutionMs: number): number =>
  useTicking((now) => Math.floor(now / resolutionMs) * resolutionMs)

/** The time on this machine, in whole seconds: for what the machine itself does, such as clearing the clipboard. */
export const useLocalNow = (): number => useSyncExternalStore(subscribeToNow, readNow)
