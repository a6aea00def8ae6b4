/**
 * From ready to exit, in Electron's order: before-quit, every window's close, will-quit, quit. Each of the first three
 * can be prevented by the app, and then nothing more happens.
 */
import { HostEvent } from '../host-event.ts'
import { appEvents } from './events.ts'
import { life, windows } from './state.ts'

let resolveReady: () => void
const ready = new Promise<void>((resolve) => {
  resolveReady = resolve
})

export const whenReady = (): Promise<void> => ready

export function markReady(): void {
  life.isReady = true
  appEvents.emit('ready', new HostEvent(), {})
  resolveReady()
}

export function quit(): void {
  const event = new HostEvent()
  appEvents.emit('before-quit', event)
  if (event.defaultPrevented) return
  life.isQuitting = true
  if (windows.length === 0) settle()
  for (const window of windows.slice()) {
    window.close()
    if (window.isDestroyed() || !window.hostIsLost()) continue
    // It was asked as in any quit, but there is nothing left to keep.
    life.isQuitting = true
    window.destroy()
  }
}

export function exit(code = 0): void {
  life.exitCode = code
  if (life.isExiting) return
  life.isExiting = true
  appEvents.emit('quit', new HostEvent(), code)
  void life.closeBrowser().finally(() => process.exit(life.exitCode))
}

/** A window refused to close: a quit that was under way is off. */
export function quitWasPrevented(): void {
  life.isQuitting = false
}

/** To be called after a window went away; by quit() only when there was none. */
export function settle(): void {
  if (life.isExiting || windows.some((window) => !window.isDestroyed())) return
  if (!life.isQuitting && appEvents.emit('window-all-closed')) return
  life.isQuitting = true
  const event = new HostEvent()
  appEvents.emit('will-quit', event)
  if (event.defaultPrevented) quitWasPrevented()
  else exit()
}

/** @param code Chromium's exit code, null when a signal ended it */
export function browserIsGone(code: number | null): void {
  if (life.isExiting) return
  if (code === 0) {
    // As Electron does when its debugger closes it: the app has its say, and may take its time.
    for (const window of windows) window.hostLose()
    if (!life.isQuitting) quit()
    return
  }
  console.error('stand-in: Chromium ended unexpectedly')
  exit(1)
}
