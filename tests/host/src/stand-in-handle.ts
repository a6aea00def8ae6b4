/**
 * `globalThis.__standin`: what a test may see and do in the main process that Electron offers no way to. Tests reach it
 * through ../stand-in.ts, and those that do cannot run on a real Electron.
 */
import { type Notification, notifications } from './desktop/notification.ts'
import { powerMonitor } from './desktop/power.ts'
import { globalShortcut, shortcuts } from './desktop/screen.ts'
import { setSystemDark } from './desktop/theme.ts'
import { type Tray, trays } from './desktop/tray.ts'
import { type JournalEntry, journal } from './journal.ts'
import { setOnline } from './web/net.ts'

export interface StandInHandle {
  /** Everything that only was written down, in order. */
  readonly journal: readonly JournalEntry[]
  /** Those not destroyed. `tray.menu`, `tray.toolTip`, `tray.image`, `tray.emit('click')`. */
  readonly trays: readonly Tray[]
  /** Those shown, in order. `notification.emit('click')` is the person's click. */
  readonly notifications: readonly Notification[]
  setSystemDark(isDark: boolean): void
  /** `net.isOnline()` and the pages' `navigator.onLine`; requests go on. */
  setOnline(isOnline: boolean): void
  suspend(): void
  resume(): void
  /** Presses a registered global shortcut; false when there is none. */
  pressShortcut(accelerator: string): boolean
  /** Milliseconds since the process started, by what had been reached. */
  readonly marks: Readonly<Record<string, number>>
}

/** The global's name; an app tells by it that it does not run on Electron. */
export const HANDLE_NAME = '__standin'

const marks: Record<string, number> = {}

export function mark(name: string): void {
  marks[name] = performance.now()
}

export function installHandle(): void {
  const handle: StandInHandle = {
    journal,
    trays,
    notifications,
    setSystemDark,
    setOnline,
    suspend: () => void powerMonitor.emit('suspend'),
    resume: () => void powerMonitor.emit('resume'),
    pressShortcut: (accelerator) => {
      shortcuts.get(accelerator)?.()
      return globalShortcut.isRegistered(accelerator)
    },
    marks,
  }
  Object.defineProperty(globalThis, HANDLE_NAME, { value: handle })
}
