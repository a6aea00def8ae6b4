/** The module `electron`, as `require` and `import` get it in the main process. */
import { app } from './app/app.ts'
import { clipboard } from './desktop/clipboard.ts'
import { dialog, shell } from './desktop/dialogs.ts'
import { Menu, MenuItem } from './desktop/menu.ts'
import { nativeImage } from './desktop/native-image.ts'
import { Notification } from './desktop/notification.ts'
import { powerMonitor, powerSaveBlocker } from './desktop/power.ts'
import { safeStorage } from './desktop/safe-storage.ts'
import { globalShortcut, screen } from './desktop/screen.ts'
import { nativeTheme } from './desktop/theme.ts'
import { Tray } from './desktop/tray.ts'
import { utilityProcess } from './desktop/utility-process.ts'
import { ipcMain } from './ipc/ipc-main.ts'
import { loud, NotCovered } from './loud.ts'
import { protocol } from './web/app-scheme.ts'
import { net } from './web/net.ts'
import { session } from './web/session.ts'
import { BrowserWindow, webContents } from './window/browser-window.ts'

type Module = keyof typeof Electron.CrossProcessExports

const covered = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
} satisfies Partial<Record<Module, unknown>>

/** There to be imported; anything done with them throws. */
const NOT_COVERED = [
  'autoUpdater',
  'BaseWindow',
  'BrowserView',
  'contentTracing',
  'crashReporter',
  'desktopCapturer',
  'ImageView',
  'inAppPurchase',
  'MessageChannelMain',
  'netLog',
  'parentPort',
  'pushNotifications',
  'ShareMenu',
  'sharedTexture',
  'systemPreferences',
  'TouchBar',
  'View',
  'WebContentsView',
  'webFrameMain',
] as const satisfies readonly Module[]

function notCovered(name: string): unknown {
  return loud(name, function construct() {
    throw new NotCovered(name)
  })
}

export const electron: Readonly<Record<string, unknown>> = {
  ...covered,
  ...Object.fromEntries(NOT_COVERED.map((name) => [name, notCovered(name)])),
}
