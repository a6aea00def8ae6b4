/** `screen`: one display. `globalShortcut`: kept, never pressed; a test calls what was registered. */
import { EventEmitter } from 'node:events'
import { loud } from '../loud.ts'

const AREA: Electron.Rectangle = { x: 0, y: 0, width: 1920, height: 1080 }
const SIZE: Electron.Size = { width: AREA.width, height: AREA.height }

const display = loud('Display', {
  id: 1,
  label: 'stand-in',
  bounds: AREA,
  workArea: AREA,
  size: SIZE,
  workAreaSize: SIZE,
  scaleFactor: 1,
  rotation: 0,
  internal: false,
} satisfies Partial<Electron.Display>)

interface ScreenEvents {
  'display-added': unknown[]
  'display-removed': unknown[]
  'display-metrics-changed': unknown[]
}

const members = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: (_bounds: Electron.Rectangle) => display,
  getDisplayNearestPoint: (_point: Electron.Point) => display,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
} satisfies Partial<Record<keyof Electron.Screen, unknown>>

export const screen = loud('screen', Object.assign(new EventEmitter<ScreenEvents>(), members))

export const shortcuts = new Map<string, () => void>()

export const globalShortcut = loud('globalShortcut', {
  register: (accelerator, callback) => {
    shortcuts.set(accelerator, callback)
    return true
  },
  unregister: (accelerator) => void shortcuts.delete(accelerator),
  unregisterAll: () => shortcuts.clear(),
  isRegistered: (accelerator) => shortcuts.has(accelerator),
} satisfies Partial<Electron.GlobalShortcut>)
