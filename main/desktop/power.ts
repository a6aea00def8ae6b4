// Owns what the machine tells about itself: that it woke up, was unlocked, or is going down.
import { powerMonitor } from 'electron'

export interface PowerListeners {
  /** Before a sleep. */
  readonly suspending: () => void
  /** After a sleep: wall-clock deadlines may have passed. */
  readonly resumed: () => void
  /** After the screen was unlocked: a keychain that locks with it can be read again. */
  readonly unlocked: () => void
  /** The system is shutting down: nobody is there to answer a question. */
  readonly shuttingDown: () => void
}

/** Call after ready. */
export const listenToPower = ({ suspending, resumed, unlocked, shuttingDown }: PowerListeners): void => {
  powerMonitor.on('suspend', suspending)
  powerMonitor.on('resume', resumed)
  powerMonitor.on('unlock-screen', unlocked)
  powerMonitor.on('shutdown', shuttingDown)
}
