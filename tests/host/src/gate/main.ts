/**
 * The module `electron` as the compile gate gives it to an app's main process: what the stand-in really has, under its
 * own types. A type that only describes data is Electron's own. When the gate misses a name that is merely a type of
 * that kind, add it to the list below; when it misses a value or a member, the stand-in does not do it.
 */
export { app } from '../app/app.ts'
export { clipboard } from '../desktop/clipboard.ts'
export { dialog, shell } from '../desktop/dialogs.ts'
export { Menu, MenuItem } from '../desktop/menu.ts'
export { type NativeImage, nativeImage } from '../desktop/native-image.ts'
export { Notification } from '../desktop/notification.ts'
export { powerMonitor, powerSaveBlocker } from '../desktop/power.ts'
export { safeStorage } from '../desktop/safe-storage.ts'
export { globalShortcut, screen } from '../desktop/screen.ts'
export { nativeTheme } from '../desktop/theme.ts'
export { Tray } from '../desktop/tray.ts'
export { utilityProcess } from '../desktop/utility-process.ts'
export type { HostEvent as Event } from '../host-event.ts'
export { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from '../ipc/ipc-main.ts'
export { protocol } from '../web/app-scheme.ts'
export { net } from '../web/net.ts'
export { type Session, session } from '../web/session.ts'
export { BrowserWindow, webContents } from '../window/browser-window.ts'
export type { WebContents } from '../window/web-contents.ts'
export type { WebFrameMain } from '../window/web-frame-main.ts'

export type BrowserWindowConstructorOptions = Electron.BrowserWindowConstructorOptions
export type CustomScheme = Electron.CustomScheme
export type Display = Electron.Display
export type HandlerDetails = Electron.HandlerDetails
export type MenuItemConstructorOptions = Electron.MenuItemConstructorOptions
export type MessageBoxOptions = Electron.MessageBoxOptions
export type MessageBoxReturnValue = Electron.MessageBoxReturnValue
export type NotificationConstructorOptions = Electron.NotificationConstructorOptions
export type OpenDialogOptions = Electron.OpenDialogOptions
export type OpenDialogReturnValue = Electron.OpenDialogReturnValue
export type PermissionCheckHandlerHandlerDetails = Electron.PermissionCheckHandlerHandlerDetails
export type PermissionRequest = Electron.PermissionRequest
export type Point = Electron.Point
export type Privileges = Electron.Privileges
export type Rectangle = Electron.Rectangle
export type RenderProcessGoneDetails = Electron.RenderProcessGoneDetails
export type SaveDialogOptions = Electron.SaveDialogOptions
export type SaveDialogReturnValue = Electron.SaveDialogReturnValue
export type Settings = Electron.Settings
export type Size = Electron.Size
export type TitleBarOverlayOptions = Electron.TitleBarOverlayOptions
export type WebPreferences = Electron.WebPreferences
export type WindowOpenHandlerResponse = Electron.WindowOpenHandlerResponse
