// Owns everything a page of ours is refused: going anywhere else, opening windows, webviews, permissions, devices.
import { app, type Session, shell, type WebContents } from 'electron'
import type { Log } from '../logging/log.ts'
import { externalAddress } from './external-links.ts'

/** Opens an address in the person's browser if it is one we know; anything else is only logged, by its host. */
const openExternally = (text: string, log: Log): void => {
  const address = externalAddress(text)
  if (address === undefined) {
    log.warn('link.refused', { host: URL.parse(text)?.host })
    return
  }
  shell.openExternal(address).catch((error: unknown) => log.warn('link.not-opened', { error }))
}

const hardenContents = (contents: WebContents, log: Log): void => {
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url, log)
    return { action: 'deny' }
  })
  contents.on('will-navigate', (event) => {
    event.preventDefault()
    openExternally(event.url, log)
  })
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Locks down every webContents there will be. Before ready, so that none comes first. */
export const hardenAllContents = (log: Log): void => {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, log))
}

/** Refuses every permission and device, asked for or checked. The app needs none: main owns clipboard and notifications. */
export const refusePermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
}
