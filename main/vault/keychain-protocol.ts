// Names what the main process and its keychain helper say to each other, over a channel that no other process can read.

export interface HelperRequest {
  readonly id: number
  readonly method: 'getPassword' | 'setPassword' | 'deletePassword'
  readonly args: readonly [service: string, account: string, password?: string]
}

export type HelperReply =
  | { readonly id: number; readonly value: string | boolean | null }
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
