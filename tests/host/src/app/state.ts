/** What several parts of `app` share: who the app is, how it was started, how far its life has come. */

/** A window as the app's life cycle sees it. */
export interface LivingWindow {
  close(): void
  destroy(): void
  isDestroyed(): boolean
  /** Its page is gone, and not by the app's doing: it cannot be kept. */
  hostIsLost(): boolean
  hostLose(): void
}

export const identity = { appPath: '', name: '', version: '' }

/** The switches of the command line and of `app.commandLine`. */
export const switches = new Map<string, string>()

export const windows: LivingWindow[] = []

export const life = {
  isReady: false,
  isQuitting: false,
  isExiting: false,
  exitCode: 0,
  /** Set once Chromium runs. */
  closeBrowser: async (): Promise<void> => {},
}
