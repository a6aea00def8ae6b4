/** `powerMonitor` and `powerSaveBlocker` of a machine that is awake and plugged in; a test emits what happens to it. */
import { EventEmitter } from 'node:events'
import { loud } from '../loud.ts'

interface PowerEvents {
  suspend: []
  resume: []
  shutdown: []
  'lock-screen': []
  'unlock-screen': []
  'on-ac': []
  'on-battery': []
  'user-did-become-active': []
  'user-did-resign-active': []
}

const members = {
  onBatteryPower: false,
  isOnBatteryPower: () => false,
  getSystemIdleTime: () => 0,
  getSystemIdleState: () => 'active',
} satisfies Partial<Electron.PowerMonitor>

export const powerMonitor = loud('powerMonitor', Object.assign(new EventEmitter<PowerEvents>(), members))

const blockers = new Set<number>()
let lastBlocker = 0

export const powerSaveBlocker = loud('powerSaveBlocker', {
  start: () => {
    blockers.add(++lastBlocker)
    return lastBlocker
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Partial<Electron.PowerSaveBlocker>)
