/**
 * Which web APIs ask for which permission. Chromium without Electron decides these alone; here each use is first put to
 * the app's handlers in the main process, which then sets Chromium's answer, and only then goes on natively.
 */

type Ask = (
  action: 'check' | 'request',
  permission: string,
  mediaTypes: readonly string[],
) => Promise<boolean>

/** Electron's name of the permission for each API that answers with a promise; `global` is where its class is found. */
const PROMISED: readonly { readonly owner: string; readonly method: string; readonly permission: string }[] =
  [
    { owner: 'Clipboard', method: 'read', permission: 'clipboard-read' },
    { owner: 'Clipboard', method: 'readText', permission: 'clipboard-read' },
    { owner: 'Clipboard', method: 'write', permission: 'clipboard-sanitized-write' },
    { owner: 'Clipboard', method: 'writeText', permission: 'clipboard-sanitized-write' },
    { owner: 'StorageManager', method: 'persist', permission: 'persistent-storage' },
    { owner: 'WakeLock', method: 'request', permission: 'screen-wake-lock' },
  ]

/** The same for functions that sit on an object of the page rather than on a class. */
const PROMISED_STATIC: typeof PROMISED = [
  { owner: 'Notification', method: 'requestPermission', permission: 'notifications' },
  { owner: 'IdleDetector', method: 'requestPermission', permission: 'idle-detection' },
  { owner: 'window', method: 'queryLocalFonts', permission: 'local-fonts' },
  { owner: 'window', method: 'getScreenDetails', permission: 'window-management' },
]

/** Electron's name for what `navigator.permissions.query` calls differently. */
const QUERY_NAMES: Readonly<Record<string, string>> = {
  'clipboard-write': 'clipboard-sanitized-write',
  camera: 'media',
  microphone: 'media',
}

type Callable = (this: unknown, ...args: unknown[]) => unknown
const isCallable = (value: unknown): value is Callable => typeof value === 'function'
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Puts a function in front of a native one. Does nothing where this Chromium, or an insecure page, has no such API. */
function intercept(owner: unknown, method: string, replace: (native: Callable) => Callable): void {
  if (!isObject(owner) && typeof owner !== 'function') return
  const native: unknown = Reflect.get(owner, method)
  if (!isCallable(native)) return
  Object.defineProperty(owner, method, {
    value: replace(native),
    writable: true,
    enumerable: true,
    configurable: true,
  })
}

const prototypeOf = (name: string): unknown => {
  const owner: unknown = Reflect.get(window, name)
  return typeof owner === 'function' ? Reflect.get(owner, 'prototype') : undefined
}

export function routePermissions(ask: Ask): void {
  const afterAsking = (question: (args: unknown[]) => Parameters<Ask>) => (native: Callable) =>
    async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      await ask(...question(args))
      return Reflect.apply(native, this, args)
    }
  const requesting = (permission: string) => afterAsking(() => ['request', permission, []])

  for (const { owner, method, permission } of PROMISED)
    intercept(prototypeOf(owner), method, requesting(permission))
  for (const { owner, method, permission } of PROMISED_STATIC) {
    intercept(Reflect.get(window, owner), method, requesting(permission))
  }
  intercept(
    prototypeOf('MediaDevices'),
    'getUserMedia',
    afterAsking(([wanted]) => ['request', 'media', mediaTypes(wanted)]),
  )
  intercept(
    prototypeOf('Navigator'),
    'requestMIDIAccess',
    afterAsking(([options]) => ['request', wantsSysex(options) ? 'midiSysex' : 'midi', []]),
  )
  intercept(
    prototypeOf('Permissions'),
    'query',
    afterAsking(([descriptor]) => ['check', queryName(descriptor), []]),
  )
  routeGeolocation(ask)
  refuseDevices()
}

/** Choosers that Chromium would open by itself. Electron has none: unless the app chooses, nothing is chosen. */
function refuseDevices(): void {
  const reject = (name: string) => (): Callable => () =>
    Promise.reject(new DOMException('Nothing was chosen.', name))
  intercept(prototypeOf('MediaDevices'), 'getDisplayMedia', reject('NotAllowedError'))
  intercept(prototypeOf('USB'), 'requestDevice', reject('NotFoundError'))
  intercept(prototypeOf('Serial'), 'requestPort', reject('NotFoundError'))
  intercept(prototypeOf('Bluetooth'), 'requestDevice', reject('NotFoundError'))
  intercept(prototypeOf('HID'), 'requestDevice', () => () => Promise.resolve([]))
}

/** Answers by callbacks, and watchPosition's number must be there at once. */
function routeGeolocation(ask: Ask): void {
  const prototype = prototypeOf('Geolocation')
  const watches = new Map<number, unknown>()
  let lastWatch = 0

  const getCurrentPosition = (native: Callable): Callable =>
    function (this: unknown, ...args: unknown[]): void {
      void (async () => {
        await ask('request', 'geolocation', [])
        Reflect.apply(native, this, args)
      })()
    }
  const watchPosition = (native: Callable): Callable =>
    function (this: unknown, ...args: unknown[]): number {
      const watch = ++lastWatch
      watches.set(watch, undefined)
      void (async () => {
        await ask('request', 'geolocation', [])
        if (watches.has(watch)) watches.set(watch, Reflect.apply(native, this, args))
      })()
      return watch
    }
  const clearWatch = (native: Callable): Callable =>
    function (this: unknown, watch: unknown): void {
      if (typeof watch !== 'number') return
      const id = watches.get(watch)
      watches.delete(watch)
      if (id !== undefined) Reflect.apply(native, this, [id])
    }
  intercept(prototype, 'getCurrentPosition', getCurrentPosition)
  intercept(prototype, 'watchPosition', watchPosition)
  intercept(prototype, 'clearWatch', clearWatch)
}

function mediaTypes(constraints: unknown): string[] {
  if (!isObject(constraints)) return []
  return ['audio', 'video'].filter((type) => Boolean(Reflect.get(constraints, type)))
}

const wantsSysex = (options: unknown): boolean => isObject(options) && Reflect.get(options, 'sysex') === true

function queryName(descriptor: unknown): string {
  const name = isObject(descriptor) ? String(Reflect.get(descriptor, 'name')) : ''
  return QUERY_NAMES[name] ?? name
}
