// Names what ipc needs from Electron, so that nothing here imports it: desktop/ injects the real thing, tests inject theirs.

export interface SenderFrame {
  readonly url: string
  /** Null for the main frame of a window. */
  readonly parent: unknown
}

export interface SenderEvent {
  /** Null when the frame has navigated away or is gone. */
  readonly senderFrame: SenderFrame | null
  readonly sender: { readonly id: number }
}

/** The one member of Electron's ipcMain that is used. */
export interface IpcMainPort {
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown): void
}

/** Sends to every window of ours that shows the app. */
export type SendToWindows = (channel: string, payload: unknown) => void
