/** The two scripts that run before a page's own: one for its world, one for the isolated world with the app's preload. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { titleNotice } from '../visible.ts'

/** The bundled worlds/, put here as text by build.ts. */
declare const STAND_IN_MAIN_WORLD: string
declare const STAND_IN_PRELOAD_WORLD: string

/** Not to be guessed by a page's script, which could otherwise speak on the bridge. */
const channel = JSON.stringify(`e${randomBytes(12).toString('hex')}`)

/** @param areDialogsDisabled `webPreferences.disableDialogs` */
export const mainWorldScript = (areDialogsDisabled: boolean): string =>
  `(() => {
    const STAND_IN_CHANNEL = ${channel}
    const STAND_IN_DIALOGS_DISABLED = ${areDialogsDisabled}
    ${STAND_IN_MAIN_WORLD}
  })()`

/** `process` as a sandboxed preload sees it. */
function processForPreload(): Record<string, unknown> {
  return {
    platform: process.platform,
    arch: process.arch,
    version: process.version,
    versions: { ...process.versions },
    env: { ...process.env },
    argv: [],
    execPath: process.execPath,
    pid: 0,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  }
}

export type Preload =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly path: string; readonly body: string }
  | { readonly kind: 'failed'; readonly path: string; readonly error: Error }

export function readPreload(path: string | undefined): Preload {
  if (path === undefined) return { kind: 'none' }
  try {
    return { kind: 'read', path, body: readFileSync(path, 'utf8') }
  } catch (error) {
    return { kind: 'failed', path, error: error instanceof Error ? error : new Error(String(error)) }
  }
}

export function preloadWorldScript(preload: Preload): string {
  const path = preload.kind === 'read' ? preload.path : null
  const body = preload.kind === 'read' ? preload.body : ''
  const params = 'require, process, exports, module, global, setImmediate, clearImmediate'
  // An argument, so that the app's preload does not see the names beside it.
  return `(function (STAND_IN_PRELOAD) {
    const STAND_IN_CHANNEL = ${channel}
    const STAND_IN_PRELOAD_PATH = ${JSON.stringify(path)}
    const STAND_IN_PROCESS = ${JSON.stringify(processForPreload())}
    const STAND_IN_TITLE_NOTICE = ${JSON.stringify(titleNotice)}
    ${STAND_IN_PRELOAD_WORLD}
  })(function (${params}) {\n${body}\n})`
}
