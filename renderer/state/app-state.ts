// Owns what the window shows of main's state, and how each answer and event changes it. Pure; derived, never the truth.
import type { Failure } from '../../main/failure.ts'
import type { EventPayload } from '../../preload/contract.ts'
import type { AppView, ClipboardView, Notice, ProfileView, VaultView } from '../../preload/views.ts'

export type LoadState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready' }

export interface AppState {
  readonly load: LoadState
  readonly version: string
  readonly host: AppView['host']
  readonly platform: AppView['platform']
  readonly appearance: AppView['appearance']
  readonly endWarnings: AppView['endWarnings']
  /** In the order main keeps them. */
  readonly profiles: readonly ProfileView[]
  readonly byId: ReadonlyMap<string, ProfileView>
  readonly selectedId: string | undefined
  readonly vault: VaultView
  readonly clipboard: ClipboardView
  readonly clockOffsetMs: number | undefined
  readonly notices: readonly Notice[]
}

/** Before main has answered. Everything but `load` is a stand-in that no screen shows. */
export const initialState: AppState = {
  load: { kind: 'loading' },
  version: '',
  host: 'electron',
  platform: 'linux',
  appearance: { theme: 'system', dark: false },
  endWarnings: 'all',
  profiles: [],
  byId: new Map(),
  selectedId: undefined,
  vault: { kind: 'memory' },
  clipboard: {},
  clockOffsetMs: undefined,
  notices: [],
}

const index = (profiles: readonly ProfileView[]) => new Map(profiles.map((view) => [view.profile.id, view]))

/** The whole view, as `app.load` answers it. Keeps the selection if its profile is still there. */
export const withLoaded = (state: AppState, view: AppView, preferredId?: string): AppState => {
  const byId = index(view.profiles)
  const wanted = [state.selectedId, preferredId].find((id) => id !== undefined && byId.has(id))
  return {
    load: { kind: 'ready' },
    version: view.version,
    host: view.host,
    platform: view.platform,
    appearance: view.appearance,
    endWarnings: view.endWarnings,
    profiles: view.profiles,
    byId,
    selectedId: wanted ?? view.profiles[0]?.profile.id,
    vault: view.vault,
    clipboard: view.clipboard,
    clockOffsetMs: view.clockOffsetMs,
    notices: view.notices,
  }
}

/** When the selected profile is gone: the one that took its place, or the last. */
const selectionAfter = (state: AppState, order: readonly string[]): string | undefined => {
  if (state.selectedId === undefined) return order[0]
  if (order.includes(state.selectedId)) return state.selectedId
  const place = state.profiles.findIndex((view) => view.profile.id === state.selectedId)
  return order[Math.min(Math.max(place, 0), order.length - 1)]
}

/** Changed profiles, and all ids in order where profiles were added, removed or moved. */
export const withProfiles = (
  state: AppState,
  { changed, order }: EventPayload<'profiles.changed'>,
): AppState => {
  const byId = new Map(state.byId)
  for (const view of changed) byId.set(view.profile.id, view)
  const ids = order ?? state.profiles.map((view) => view.profile.id)
  const profiles = ids.map((id) => byId.get(id)).filter((view) => view !== undefined)
  // A changed profile that no order names yet belongs to the next event.
  return { ...state, profiles, byId: index(profiles), selectedId: selectionAfter(state, ids) }
}

/** Selects a profile that exists. */
export const withSelected = (state: AppState, id: string): AppState =>
  state.byId.has(id) && state.selectedId !== id ? { ...state, selectedId: id } : state
