/**
 * What tests may see and do on the stand-in alone, where Electron offers no way: trays, notifications, what the app
 * asked of the system, the system's theme and network. Everything here fails on a real Electron.
 */
import type { ElectronApplication } from 'playwright/test'
import type { StandInHandle } from './src/stand-in-handle.ts'

/** A menu item as a person sees it. */
export interface SeenItem {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly enabled: boolean
  readonly checked: boolean
  readonly items: readonly SeenItem[]
}

export interface SeenTray {
  readonly toolTip: string
  readonly title: string
  /** Of its context menu. */
  readonly items: readonly SeenItem[]
}

export interface SeenNotification {
  readonly title: string
  readonly body: string
}

export interface SeenCall {
  /** As `shell.openExternal`. */
  readonly what: string
  readonly args: readonly unknown[]
}

/** The trays there are, with their menus. */
export function seeTrays(electron: ElectronApplication): Promise<SeenTray[]> {
  return electron.evaluate(() => {
    const handle: StandInHandle = Reflect.get(globalThis, '__standin')
    type Items = NonNullable<(typeof handle.trays)[number]['menu']>['items']
    const see = (items: Items): SeenItem[] =>
      items
        .filter((item) => item.visible)
        .map(({ id, label, type, enabled, checked, submenu }) => {
          return { id, label, type, enabled, checked, items: submenu === undefined ? [] : see(submenu.items) }
        })
    return handle.trays.map(({ toolTip, title, menu }) => {
      return { toolTip, title, items: menu === null ? [] : see(menu.items) }
    })
  })
}

/** Chooses an item of the first tray's menu by the labels on the way to it. Fails when there is none, or it is disabled. */
export function chooseInTray(electron: ElectronApplication, ...labels: string[]): Promise<void> {
  return electron.evaluate((_electron, path) => {
    const handle: StandInHandle = Reflect.get(globalThis, '__standin')
    let menu = handle.trays[0]?.menu ?? undefined
    for (const [at, label] of path.entries()) {
      const item = menu?.items.find((candidate) => candidate.label === label && candidate.visible)
      if (item?.enabled !== true)
        throw new Error(`no tray item to choose at ${path.slice(0, at + 1).join(' > ')}`)
      if (at === path.length - 1) item.click()
      menu = item.submenu
    }
  }, labels)
}

/** The notifications shown so far, oldest first. */
export function seeNotifications(electron: ElectronApplication): Promise<SeenNotification[]> {
  return electron.evaluate(() => {
    const handle: StandInHandle = Reflect.get(globalThis, '__standin')
    return handle.notifications.map(({ title, body }) => ({ title, body }))
  })
}

/** A person clicks a notification, the newest one if none is named by its index. */
export function clickNotification(electron: ElectronApplication, index = -1): Promise<void> {
  return electron.evaluate((_electron, at) => {
    const handle: StandInHandle = Reflect.get(globalThis, '__standin')
    const notification = handle.notifications.at(at)
    if (notification === undefined) throw new Error('no notification to click')
    notification.emit('click')
  }, index)
}

/** What the app asked of the system and the stand-in only wrote down; `what` narrows it to one call. */
export function seeCalls(electron: ElectronApplication, what?: string): Promise<SeenCall[]> {
  return electron.evaluate((_electron, wanted) => {
    const handle: StandInHandle = Reflect.get(globalThis, '__standin')
    const calls = handle.journal.filter((call) => wanted === undefined || call.what === wanted)
    return calls.map((call) => ({ what: call.what, args: [...call.args] }))
  }, what)
}

/** The system switches between light and dark. */
export function setSystemDark(electron: ElectronApplication, isDark: boolean): Promise<void> {
  return electron.evaluate((_electron, value) => {
    const handle: StandInHandle = Reflect.get(globalThis, '__standin')
    handle.setSystemDark(value)
  }, isDark)
}

/** The machine loses or gets its network, as `net.isOnline` and `navigator.onLine` tell it; requests go on. */
export function setOnline(electron: ElectronApplication, isOnline: boolean): Promise<void> {
  return electron.evaluate((_electron, value) => {
    const handle: StandInHandle = Reflect.get(globalThis, '__standin')
    handle.setOnline(value)
  }, isOnline)
}
