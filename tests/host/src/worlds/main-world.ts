/**
 * First script of the page's own world: takes what the preload exposes, and hands to the main process what Electron
 * would decide there and Chromium decides alone: new windows, closing, permissions. Top frame only, as preloads are.
 */
import { createBridge } from './bridge.ts'
import { type HostFunctions, hostKey, toPageEvent, toPreloadEvent } from './channel.ts'
import { routePermissions } from './permission-routes.ts'

/** `webPreferences.disableDialogs`. */
declare const STAND_IN_DIALOGS_DISABLED: boolean

/** contextBridge freezes what it exposes, all the way down. */
function deepFreeze(value: unknown, seen = new Set<unknown>()): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
  if (seen.has(value) || ArrayBuffer.isView(value)) return value
  seen.add(value)
  for (const key of Object.getOwnPropertyNames(value)) {
    const isPoison = typeof value === 'function' && (key === 'arguments' || key === 'caller')
    if (!isPoison) deepFreeze(Reflect.get(value, key), seen)
  }
  return Object.freeze(value)
}

/** The preload's world exposes exactly this under {@link hostKey}; see preload-world.ts. */
const isHost = (key: string, value: unknown): value is HostFunctions =>
  key === hostKey && typeof value === 'object'

function takeOver(): void {
  const bridge = createBridge(toPageEvent, toPreloadEvent)
  let host: HostFunctions | undefined
  bridge.onExpose((key, value) => {
    if (isHost(key, value)) {
      host = value
      routePermissions((...question) => value.askPermission(...question))
      return
    }
    Object.defineProperty(window, key, {
      value: deepFreeze(value),
      writable: false,
      enumerable: true,
      configurable: false,
    })
  })

  const nativeOpen = window.open
  window.open = (url, target, features) => {
    if (host === undefined) return nativeOpen.call(window, url, target, features)
    const href = url === undefined ? 'about:blank' : new URL(String(url), document.baseURI).href
    host.openWindow(href, target ?? '', features ?? '')
    return null
  }
  if (STAND_IN_DIALOGS_DISABLED) {
    window.alert = () => {}
    window.confirm = () => false
    window.prompt = () => null
  }
  // Chromium lets a script close only what a script opened; Electron any window.
  window.close = () => host?.closeWindow()
}

if (window.top === window) takeOver()
