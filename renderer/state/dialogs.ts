// Owns which dialog is open. One at a time.
import type { Result } from '../../main/failure.ts'
import type { ImportPreview } from '../../preload/views.ts'
import { createStore } from './store.ts'
import { useStore } from './use-store.ts'

/** What a new profile can start from. */
export interface ProfilePreset {
  readonly userPoolId?: string
  readonly clientId?: string
  readonly name?: string
}

/** An import that has been looked at before its dialog opens. */
export interface BegunImport {
  readonly looked: Result<ImportPreview>
  /** What was pasted, so that going back shows it. */
  readonly text?: string
}

export type OpenDialog =
  | { readonly kind: 'sign-in'; readonly profileId: string }
  | { readonly kind: 'add-profile'; readonly preset?: ProfilePreset }
  | { readonly kind: 'edit-profile'; readonly profileId: string }
  | { readonly kind: 'remove-profile'; readonly profileId: string }
  | { readonly kind: 'import-profiles'; readonly begun?: BegunImport }
  | { readonly kind: 'sign-out-everywhere' }
  | { readonly kind: 'palette' }

const dialogs = createStore<OpenDialog | null>(null)

/** Opens a dialog in place of the one that is open. */
export const openDialog = (dialog: OpenDialog): void => dialogs.set(() => dialog)

export const closeDialog = (): void => dialogs.set(() => null)

/** The open dialog, outside React. */
export const currentDialog = (): OpenDialog | null => dialogs.get()

export const useDialog = (): OpenDialog | null => useStore(dialogs, (dialog) => dialog)
