/** `session`: one default session; partitions share it. */
import { EventEmitter } from 'node:events'
import { note } from '../journal.ts'
import { loud } from '../loud.ts'
import { protocol } from './app-scheme.ts'
import { type CheckHandler, permissionHandlers, type RequestHandler } from './permissions.ts'

const members = {
  protocol,
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    permissionHandlers.request = handler
  },
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    permissionHandlers.check = handler
  },
  // Devices and screens: no page can reach any here (worlds/permission-routes.ts), so the handlers are never asked.
  setDevicePermissionHandler(
    _handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0],
  ): void {},
  setDisplayMediaRequestHandler(
    _handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0],
  ): void {},
  /** This host's requests are the app's own, by Node; it knows of no proxy. */
  resolveProxy: async (_url: string): Promise<string> => 'DIRECT',
  setSpellCheckerEnabled: (isEnabled: boolean) => note('session.setSpellCheckerEnabled', isEnabled),
  isPersistent: () => true,
  clearStorageData: async () => note('session.clearStorageData'),
  clearCache: async () => note('session.clearCache'),
} satisfies Partial<Record<keyof Electron.Session, unknown>>

/** No page starts a download here, and no device asks to be chosen: a test may emit these. */
interface SessionEvents {
  'will-download': unknown[]
  'select-hid-device': unknown[]
  'select-serial-port': unknown[]
  'select-usb-device': unknown[]
}

export const defaultSession = loud(
  'session.defaultSession',
  Object.assign(new EventEmitter<SessionEvents>(), members),
)
export type Session = typeof defaultSession

export const session = loud('session', {
  defaultSession,
  fromPartition: (_partition: string): Session => defaultSession,
} satisfies Partial<Record<keyof typeof Electron.session, unknown>>)
