// Names what a test and the engine that it kills say to each other.
import type { SessionView } from '../../../preload/views.ts'

export interface EngineSpec {
  /** The configuration folder. */
  readonly directory: string
  readonly profileId: string
  readonly url: string
  readonly store:
    | { readonly kind: 'keychain'; readonly helper: string }
    | { readonly kind: 'folder'; readonly folder: string; readonly itemBytes: number | undefined }
}

export type Step = 'sign-in' | 'refresh' | 'sign-out' | 'sign-out-globally'

/** `start` takes up what is stored, `look` says how it stands by now. */
export type Order = 'start' | 'look' | 'items' | Step

/** What became of an order. */
export type Report =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'session'
      readonly status: SessionView['status']
      readonly reason?: string
      /** The `origin_jti` of the sign-in whose tokens are handed out. */
      readonly signIn?: string
      readonly isRevocationPending: boolean
    }
  | { readonly kind: 'items'; readonly accounts: readonly string[]; readonly unsaved: readonly string[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'bug'; readonly reason: string }

export const pool = { id: 'eu-west-1_Crashing1', clientId: 'rotating' } as const
export const user = { username: 'ana', password: 'Correct-Horse-9' } as const
