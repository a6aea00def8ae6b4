// What features read and command. Import from here.
export * from './actions.ts'
export type { AppState, LoadState } from './app-state.ts'
export { appStore, connect, load, selectProfile } from './app-store.ts'
export { request } from './bridge.ts'
export {
  type BegunImport,
  closeDialog,
  currentDialog,
  type OpenDialog,
  openDialog,
  type ProfilePreset,
  useDialog,
} from './dialogs.ts'
export {
  type AuthSessionState,
  type LiveSession,
  liveSession,
  useApp,
  useAuthSession,
  useLocalNow,
  useNow,
  useProfile,
  useProfiles,
  useSelected,
  useTicking,
} from './hooks.ts'
export { dismissToast, showToast, type Toast, useToast } from './toasts.ts'
export { type Answer, useAnswer } from './use-answer.ts'
