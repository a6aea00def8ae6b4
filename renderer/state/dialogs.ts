// Owns which dialog is open. One at a time.
import { createStore } from './store.ts'
import { useStore } from './use-store.ts'

/** What a new profile can start from. */
export interface ProfilePreset {
  readonly userPoolId?: string
  readonly clientId?: string
  readonly name?: string
}

export type OpenDialog =
  | { readonly kind: 'sign-in'; readonly profileId: string }
  | { readonly kind: 'add-profile'; readonly preset?: ProfilePreset }
  | { readonly kind: 'edit-profile'; readonly profileId: string }
  | { readonly kind: 'remove-profile'; readonly profileId: string }
  | { readonly kind: 'import-profiles' }
  | { readonly kind: 'sign-out-everywhere' }
  | { readonly kind: 'palette' }

const dialogs = createStore<OpenDialog | null>(null)

/** Opens a dialog in place of the one that is open. */
export const openDialog = (dialog: OpenDialog): void => dialogs.set(() => dialog)

export const closeDialog = (): void => dialogs.set(() => null)

/** The open dialog, outside React. */
export const currentDialog = (): OpenDialog | null => dialogs.get()

export const useDialog = (): OpenDialog | null => useStore(dialogs, (dialog) => dialog)
