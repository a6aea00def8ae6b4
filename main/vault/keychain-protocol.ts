// Names what the main process and its keychain helper say to each other, over a channel that no other process can read.

/** One crossing each: what is asked together is asked at once. */
export type HelperCall =
  | { readonly method: 'getPasswords'; readonly service: string; readonly accounts: readonly string[] }
  | {
      readonly method: 'storePassword'
      readonly service: string
      readonly account: string
      readonly password: string
    }
  | { readonly method: 'deletePassword'; readonly service: string; readonly account: string }

export type HelperRequest = HelperCall & { readonly id: number }

export type HelperValue = readonly (string | null)[] | string | boolean | null

export type HelperReply =
  | { readonly id: number; readonly value: HelperValue }
  | { readonly id: number; readonly error: string }

export const isReply = (message: unknown): message is HelperReply =>
  typeof message === 'object' &&
  message !== null &&
  'id' in message &&
  ('value' in message || 'error' in message)

/** A helper that runs. */
export interface HelperProcess {
  send(request: HelperRequest): void
  /** Ends it, also while a call hangs in it. */
  end(): void
}

/** Starts a helper. `onEnd` is called once, however it ended, and nothing after that. */
export type StartHelper = (
  onReply: (reply: HelperReply) => void,
  onEnd: () => void,
) => HelperProcess | Promise<HelperProcess>
