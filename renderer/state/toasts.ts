// Owns the one short message at the bottom of the window, and how long it stays.
import type { Failure } from '../../main/failure.ts'
import { createStore } from './store.ts'
import { useStore } from './use-store.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  /** A second line, small. */
  readonly detail?: string
  /** It worked, but not all the way. */
  readonly tone?: 'warn'
  /** Too much to read in passing: stays until it is dismissed or replaced. */
  readonly stays?: boolean
  /** A failure stays until it is dismissed or replaced; a confirmation goes by itself. */
  readonly failure?: Failure
  /** True when this is about what we put on the clipboard, so that it can say when that is cleared. */
  readonly copied?: boolean
  readonly clearsInSeconds?: number
  /** What can be done about it, with a verb for its button. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Long enough to be read twice at a calm pace (about 60 characters). */
const staysMs = 6_000

const toasts = createStore<Toast | undefined>(undefined)
let lastId = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Shows a message in place of the one that is shown. */
export const showToast = (toast: Omit<Toast, 'id'>): void => {
  lastId += 1
  const id = lastId
  clearTimeout(timer)
  toasts.set(() => ({ ...toast, id }))
  if (toast.failure === undefined && toast.stays !== true) timer = setTimeout(dismissToast, staysMs)
}

export const dismissToast = (): void => {
  clearTimeout(timer)
  toasts.set(() => undefined)
}

/** Adds to a "Copied" message when the clipboard is cleared (epoch milliseconds), once main has said so. */
export const tellClearing = (clearsAt: number): void =>
  toasts.set((toast) =>
    toast?.copied === true && toast.clearsInSeconds === undefined
      ? { ...toast, clearsInSeconds: Math.max(0, Math.round((clearsAt - Date.now()) / 1_000)) }
      : toast,
  )

export const useToast = (): Toast | undefined => useStore(toasts, (toast) => toast)
