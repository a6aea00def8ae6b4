// Owns the tray icon and keeps its menu up to date: rebuilt a moment after a change, and only when it would read differently.
import { Menu, Tray } from 'electron'
import type { ProfileView } from '../../preload/views.ts'
import type { Log } from '../logging/log.ts'
import { createTrayIcon } from './tray-icon.ts'
import { type TrayActions, trayTemplate, trayToolTip } from './tray-menu.ts'

export interface TrayIcon {
  /** Something about the profiles changed. */
  update(): void
}

/** Changes within this many milliseconds become one new menu. */
const settleMs = 250

/** Made when first needed: loading a locale takes 10 ms, which the start has no use for. */
let clockFormat: Intl.DateTimeFormat | undefined
const clockTime = (epochMs: number): string => {
  clockFormat ??= new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
  return clockFormat.format(epochMs)
}

/** Shows the icon; undefined where the platform has no tray. */
export const createTray = (
  views: () => readonly ProfileView[],
  actions: TrayActions,
  log: Log,
): TrayIcon | undefined => {
  let tray: Tray
  try {
    tray = new Tray(createTrayIcon(process.platform))
  } catch (error) {
    log.warn('tray.absent', { error })
    return undefined
  }
  // On macOS a click opens the menu by itself.
  if (process.platform !== 'darwin') tray.on('click', actions.showWindow)

  let shown = ''
  let timer: NodeJS.Timeout | undefined
  const rebuild = (): void => {
    timer = undefined
    const now = views()
    const template = trayTemplate(now, clockTime, actions)
    const readsAs = JSON.stringify(template) // functions drop out: what is left is what a person sees
    if (readsAs === shown) return
    shown = readsAs
    tray.setContextMenu(Menu.buildFromTemplate(template))
    tray.setToolTip(trayToolTip(now))
  }
  rebuild()
  return {
    update() {
      timer ??= setTimeout(rebuild, settleMs).unref()
    },
  }
}
