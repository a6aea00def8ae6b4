// Owns the choice of the executable that runs the app: a real Electron where there is one, else the stand-in.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNode, tool, toolEnvironment } from './install.mjs'
import { root, runQuietly, say } from './say.mjs'

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Electron's binary without triggering its download, which `require('electron')` would do. */
export const findElectron = () => {
  const folder = join(root, 'node_modules/electron')
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const packaged = existsSync(join(folder, 'path.txt'))
    ? join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    : undefined
  const distribution = process.env.ELECTRON_OVERRIDE_DIST_PATH
  return [process.env.ELECTRON_EXEC_PATH, distribution && join(distribution, name), packaged]
    .filter((path) => path !== undefined && path !== '')
    .find(isExecutable)
}

/** Electron's binary, downloaded if it can be; undefined where it cannot. */
export const provideElectron = async () => {
  const found = findElectron()
  if (found) return found
  say("downloading Electron's binary")
  const result = await runQuietly(
    'downloading Electron',
    findNode(),
    [tool('electron', 'install-electron')],
    {
      env: toolEnvironment(),
      timeout: 300_000,
    },
  )
  const downloaded = result.ok ? findElectron() : undefined
  if (!downloaded)
    say("Electron's binary could not be downloaded: using the stand-in host, for development only")
  return downloaded
}

/** Whether a window can be shown to a person. */
export const hasDisplay = () =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
