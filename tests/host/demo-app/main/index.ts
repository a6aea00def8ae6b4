/** A small app that uses Electron as Sesame does, for the contract suite. It is written for Electron, not for the stand-in. */
import { app, Menu, nativeImage, nativeTheme, powerMonitor, session, Tray } from 'electron'
import { registerHandlers } from './handlers.ts'
import { log } from './log.ts'
import { declareScheme, serveRenderer } from './serve.ts'
import { openWindow, showWindow, window } from './window.ts'

declareScheme()

if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  app.on('second-instance', (_event, argv) => {
    log.push(`second-instance:${argv.at(-1)}`)
    showWindow()
  })
  app.on('before-quit', () => console.log('demo: before-quit'))
  app.on('will-quit', () => console.log('demo: will-quit'))
  app.on('window-all-closed', () => app.quit())
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      console.error(error)
      app.exit(3)
    })
}

async function start(): Promise<void> {
  serveRenderer()
  guardPermissions()
  registerHandlers()
  buildMenus()
  powerMonitor.on('suspend', () => log.push('suspend'))
  nativeTheme.on('updated', () => log.push(`theme:${nativeTheme.shouldUseDarkColors}`))
  await openWindow()
}

function guardPermissions(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_webContents, permission, callback) => {
    log.push(`permission-request:${permission}`)
    callback(permission === 'clipboard-sanitized-write')
  })
  defaultSession.setPermissionCheckHandler((_webContents, permission) => {
    return permission === 'clipboard-sanitized-write'
  })
}

function buildMenus(): void {
  const newProfile = {
    id: 'new',
    label: 'New profile',
    accelerator: 'CmdOrCtrl+N',
    click: () => window()?.webContents.send('menu', 'new'),
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([{ label: 'File', submenu: [newProfile, { role: 'quit' }] }]),
  )
  const tray = new Tray(nativeImage.createEmpty())
  tray.setToolTip('Demo')
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Show', click: showWindow }]))
  // Electron collects a tray that nothing refers to.
  app.on('quit', () => tray.destroy())
}
