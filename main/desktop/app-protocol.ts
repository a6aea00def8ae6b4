// Owns the app:// scheme in Electron: its privileges, and that it is served from the built renderer.
import { protocol } from 'electron'
import { createAppHandler, listAppFiles } from './app-files.ts'

/** Before ready: makes app:// a secure, standard origin of its own, so that it has a real CSP and a code cache. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** After ready: serves the files under `folder` as app://sesame/. */
export const serveApp = async (folder: string): Promise<void> => {
  protocol.handle('app', createAppHandler(await listAppFiles(folder)))
}
