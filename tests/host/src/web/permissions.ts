/**
 * The app's permission handlers, asked when a page asks, and Chromium's answer set to what they said. A check that is
 * granted needs no request; without a handler everything is granted: both as in Electron.
 */
import type { ProtocolSession } from '../chromium/connection.ts'
import type { PermissionQuestion } from '../ipc/wire.ts'
import { note } from '../journal.ts'
import type { WebContents } from '../window/web-contents.ts'
import { originOf, toShown } from './app-scheme.ts'

type Permission = Parameters<Exclude<Parameters<Electron.Session['setPermissionRequestHandler']>[0], null>>[1]

/** How a page's use is described to a handler: Electron's details, of which the last two go with `media`. */
interface RequestDetails extends Electron.PermissionRequest {
  readonly mediaTypes?: ('video' | 'audio')[]
  readonly securityOrigin?: string
}

export type RequestHandler = (
  webContents: WebContents,
  permission: Permission,
  callback: (isGranted: boolean) => void,
  details: RequestDetails,
) => void

export type CheckHandler = (
  webContents: WebContents | null,
  permission: Permission,
  requestingOrigin: string,
  details: Electron.PermissionCheckHandlerHandlerDetails,
) => boolean

export const permissionHandlers: { request: RequestHandler | null; check: CheckHandler | null } = {
  request: null,
  check: null,
}

/** Electron's permission → Chromium's names of it. Only these can be asked for in a page here. */
const CHROMIUM_NAMES = {
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  geolocation: ['geolocation'],
  'idle-detection': ['idle-detection'],
  'local-fonts': ['local-fonts'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  midiSysex: ['midi'],
  notifications: ['notifications'],
  'persistent-storage': ['persistent-storage'],
  'screen-wake-lock': ['screen-wake-lock'],
  'storage-access': ['storage-access'],
  'window-management': ['window-management'],
} as const satisfies Partial<Record<Permission, readonly string[]>>
type Covered = keyof typeof CHROMIUM_NAMES
const isCovered = (name: string): name is Covered => Object.hasOwn(CHROMIUM_NAMES, name)

function check(webContents: WebContents, permission: Permission, url: string): boolean {
  if (permissionHandlers.check === null) return true
  const origin = originOf(url)
  const details = { isMainFrame: true, requestingUrl: url, securityOrigin: origin }
  return permissionHandlers.check(webContents, permission, `${origin}/`, details)
}

async function request(
  webContents: WebContents,
  permission: Permission,
  question: PermissionQuestion,
): Promise<boolean> {
  const url = webContents.getURL()
  if (check(webContents, permission, url)) return true
  const handler = permissionHandlers.request
  if (handler === null) return true
  const media =
    permission === 'media' ? { mediaTypes: [...question.mediaTypes], securityOrigin: originOf(url) } : {}
  return await new Promise<boolean>((resolve) => {
    handler(webContents, permission, resolve, { isMainFrame: true, requestingUrl: url, ...media })
  })
}

async function setInChromium(
  root: ProtocolSession,
  url: string,
  permission: Covered,
  isGranted: boolean,
): Promise<void> {
  const origin = toShown(originOf(url)).replace(/\/$/, '')
  const setting = isGranted ? 'granted' : 'denied'
  for (const name of CHROMIUM_NAMES[permission]) {
    await root
      .send('Browser.setPermission', { permission: { name }, setting, origin })
      .catch((error: unknown) => {
        note('stand-in.permission-unknown-to-chromium', name, String(error))
      })
  }
}

/** Before a page loads: what its APIs that only look (`Notification.permission`) will find. */
export async function prepareForPage(
  root: ProtocolSession,
  webContents: WebContents,
  url: string,
): Promise<void> {
  if (originOf(url) === 'null') return
  const all = Object.keys(CHROMIUM_NAMES).filter(isCovered)
  await Promise.all(all.map((name) => setInChromium(root, url, name, check(webContents, name, url))))
}

/** A page is about to use a guarded API. Afterwards Chromium answers it as the app decided. */
export async function answerPage(
  root: ProtocolSession,
  webContents: WebContents,
  question: PermissionQuestion,
): Promise<boolean> {
  const { action, permission } = question
  if (!isCovered(permission)) return false
  const url = webContents.getURL()
  const isGranted =
    action === 'check'
      ? check(webContents, permission, url)
      : await request(webContents, permission, question)
  await setInChromium(root, url, permission, isGranted)
  return isGranted
}
