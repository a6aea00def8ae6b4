/** What travels between a page's preload world and the main process, as JSON text. `body` is text of codec.ts. */

export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly body: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly body: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'window-open'; readonly url: string; readonly name: string; readonly features: string }
  | { readonly kind: 'window-close' }
  | { readonly kind: 'preload-error'; readonly path: string; readonly body: string }
  | ({ readonly kind: 'permission'; readonly id: number } & PermissionQuestion)

export type ToPage =
  | { readonly kind: 'event'; readonly channel: string; readonly body: string }
  | { readonly kind: 'result'; readonly id: number; readonly body: string }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }

/** A page's use of a guarded API, put to the app's handlers before Chromium sees it. */
export interface PermissionQuestion {
  /** `check` only asks how things stand (`navigator.permissions.query`), `request` wants to use it. */
  readonly action: 'check' | 'request'
  /** Electron's name of the permission. */
  readonly permission: string
  /** For `media`: what is to be captured. */
  readonly mediaTypes: readonly ('audio' | 'video')[]
}

/** The isolated world in which preloads run; the name is Electron's. */
export const ISOLATED_WORLD = 'Electron Isolated Context'

/** The function in the isolated world that takes FromPage texts to the main process. */
export const SEND_BINDING = '__electronSend'

/** The function in the isolated world that takes ToPage texts. */
export const RECEIVE_FUNCTION = '__electronReceive'
