/** `app`: the object the app's main process sees. What it does lives in the files beside it. */

import { note } from '../journal.ts'
import { loud } from '../loud.ts'
import { appEvents } from './events.ts'
import { exit, quit, whenReady } from './lifecycle.ts'
import { getPath, setPath } from './paths.ts'
import {
  hasSingleInstanceLock,
  releaseSingleInstanceLock,
  requestSingleInstanceLock,
} from './single-instance.ts'
import { identity, life, switches } from './state.ts'

const LOCALE = 'en-US'

const commandLine = loud('app.commandLine', {
  appendSwitch: (name: string, value = '') => void switches.set(name, value),
  appendArgument: (value: string) => note('app.commandLine.appendArgument', value),
  hasSwitch: (name: string) => switches.has(name),
  getSwitchValue: (name: string) => switches.get(name) ?? '',
  removeSwitch: (name: string) => void switches.delete(name),
} satisfies Electron.CommandLine)

const members = {
  commandLine,
  isPackaged: false,
  /** macOS only, and its absence is how an app tells. */
  dock: undefined,
  whenReady,
  isReady: () => life.isReady,
  quit,
  exit,
  relaunch: (options) => note('app.relaunch', options),
  focus: () => note('app.focus'),
  show: () => note('app.show'),
  hide: () => note('app.hide'),
  getPath,
  setPath,
  getAppPath: () => identity.appPath,
  getName: () => identity.name,
  setName: (name) => {
    identity.name = name
  },
  getVersion: () => identity.version,
  getLocale: () => LOCALE,
  getSystemLocale: () => LOCALE,
  getPreferredSystemLanguages: () => [LOCALE],
  requestSingleInstanceLock,
  hasSingleInstanceLock,
  releaseSingleInstanceLock,
  // Already so, or without effect in a test.
  enableSandbox: () => {},
  disableHardwareAcceleration: () => {},
  setAppUserModelId: (id) => note('app.setAppUserModelId', id),
  setAboutPanelOptions: (options) => note('app.setAboutPanelOptions', options),
  setBadgeCount: (count) => {
    note('app.setBadgeCount', count)
    return true
  },
  setLoginItemSettings: (settings) => note('app.setLoginItemSettings', settings),
  getLoginItemSettings: () => ({
    openAtLogin: false,
    openAsHidden: false,
    wasOpenedAtLogin: false,
    wasOpenedAsHidden: false,
    restoreState: false,
    status: 'not-registered',
    executableWillLaunchAtLogin: false,
    launchItems: [],
  }),
  setAsDefaultProtocolClient: (scheme: string, path?: string, args?: string[]) => {
    note('app.setAsDefaultProtocolClient', scheme, path, args)
    return true
  },
  removeAsDefaultProtocolClient: (scheme) => {
    note('app.removeAsDefaultProtocolClient', scheme)
    return true
  },
  isDefaultProtocolClient: () => false,
} satisfies Partial<Electron.App>

const withName = {
  get name(): string {
    return identity.name
  },
  set name(value: string) {
    identity.name = value
  },
} satisfies Partial<Electron.App>

// Members go onto the emitter itself, so that Playwright's `app.emit = …` reaches every event.
const complete = Object.assign(appEvents, members, withName)
// Object.assign copies what a getter gives; the name must stay a getter.
Object.defineProperty(complete, 'name', Object.getOwnPropertyDescriptor(withName, 'name') ?? {})

export const app = loud('app', complete)
