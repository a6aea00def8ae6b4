// Owns what happens to errors nobody caught: they are logged, redacted, before anything else. What to do then, the caller says.
import type { Log } from './log.ts'

/** The two process events that mean a bug. `process` fits. */
export interface CrashSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (reason: unknown) => void): unknown
}

/**
 * Logs uncaught exceptions and unhandled rejections. After an exception the state can't be trusted, so `onFatal` should
 * tell the person and exit; a rejection is logged and life goes on.
 */
export const logCrashes = (source: CrashSource, log: Log, onFatal: (error: unknown) => void): void => {
  source.on('uncaughtException', (error) => {
    log.error('crash.exception', { error })
    onFatal(error)
  })
  source.on('unhandledRejection', (error) => log.error('crash.rejection', { error }))
}
