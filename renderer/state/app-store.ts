// Owns the one store of the window, and its connection to main: the first load, then events.
import type { SesameBridge } from '../../preload/contract.ts'
import type { AppCommand } from '../../preload/views.ts'
import { type AppState, initialState, withLoaded, withProfiles, withSelected } from './app-state.ts'
import { bugFailure } from './bridge.ts'
import { openDialog } from './dialogs.ts'
import { subscribeToJumps } from './now.ts'
import { createStore } from './store.ts'
import { tellClearing } from './toasts.ts'

export const appStore = createStore<AppState>(initialState)

const selectionKey = 'sesame.selected'

const rememberedSelection = (): string | undefined => {
  try {
    return localStorage.getItem(selectionKey) ?? undefined
  } catch {
    return undefined // no storage in this window: a convenience is lost, nothing else
  }
}

/** Selects a profile, and remembers it for the next start. */
export const selectProfile = (id: string): void => {
  appStore.set((state) => withSelected(state, id))
  try {
    localStorage.setItem(selectionKey, id)
  } catch {
    // As above.
  }
}

const obey = (command: AppCommand): void => {
  switch (command.kind) {
    case 'select-profile':
      selectProfile(command.profileId)
      break
    case 'sign-in':
      selectProfile(command.profileId)
      openDialog({ kind: 'sign-in', profileId: command.profileId })
      break
    case 'add-profile':
      openDialog({ kind: 'add-profile' })
      break
    case 'sign-out-everywhere':
      openDialog({ kind: 'sign-out-everywhere' })
      break
    case 'open-palette':
      openDialog({ kind: 'palette' })
      break
  }
}

/** Asks main for everything; also the "Try again" of a load that failed. */
export const load = async (bridge: SesameBridge): Promise<void> => {
  const answer = await bridge.request('app.load').catch(bugFailure)
  appStore.set((state) =>
    answer.ok
      ? withLoaded(state, answer.value, rememberedSelection())
      : { ...state, load: { kind: 'failed', failure: answer.failure } },
  )
}

/** Listens to every event, then loads. Answers the function that stops listening. */
export const connect = (bridge: SesameBridge): (() => void) => {
  // Events that overtake the first load are part of what it answers.
  const change = (update: (state: AppState) => AppState): void =>
    appStore.set((state) => (state.load.kind === 'ready' ? update(state) : state))
  const stops = [
    bridge.on('profiles.changed', (payload) => change((state) => withProfiles(state, payload))),
    bridge.on('vault.changed', (vault) => change((state) => ({ ...state, vault }))),
    bridge.on('clipboard.changed', (clipboard) => {
      change((state) => ({ ...state, clipboard }))
      if (clipboard.clearsAt !== undefined) tellClearing(clipboard.clearsAt)
    }),
    bridge.on('appearance.changed', (appearance) => change((state) => ({ ...state, appearance }))),
    bridge.on('endWarnings.changed', (endWarnings) => change((state) => ({ ...state, endWarnings }))),
    bridge.on('clock.changed', ({ offsetMs }) => change((state) => ({ ...state, clockOffsetMs: offsetMs }))),
    bridge.on('notices.changed', (notices) => change((state) => ({ ...state, notices }))),
    bridge.on('app.command', obey),
    // Main would notice at its next deadline only; looking oftener would wake the machine up while nobody looks.
    subscribeToJumps(() => void bridge.request('app.clockJumped').catch(bugFailure)),
  ]
  // Main has no such event, and polling for it would wake the machine up.
  const tellNetworkBack = (): void => void bridge.request('app.networkBack').catch(bugFailure)
  window.addEventListener('online', tellNetworkBack)
  void load(bridge)
  return () => {
    window.removeEventListener('online', tellNetworkBack)
    for (const stop of stops) stop()
  }
}
