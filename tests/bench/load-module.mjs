// Loads one module with electron replaced by an object that answers anything, prints the milliseconds, and ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = mkdtempSync(join(tmpdir(), 'sesame-load-'))
const anything = new Proxy(function () {}, {
  get: (_, name) => {
    if (name === 'then' || typeof name === 'symbol') return undefined
    if (name === 'getPath' || name === 'getAppPath') return () => folder
    if (name === 'whenReady') return () => new Promise(() => {})
    return anything
  },
  apply: () => anything,
  construct: () => anything,
})
globalThis.electronThatAnswersAnything = anything
const names = [
  'app',
  'BrowserWindow',
  'clipboard',
  'dialog',
  'ipcMain',
  'Menu',
  'MenuItem',
  'nativeImage',
  'nativeTheme',
  'net',
]
names.push(
  'Notification',
  'powerMonitor',
  'protocol',
  'safeStorage',
  'screen',
  'session',
  'shell',
  'Tray',
  'utilityProcess',
  'webContents',
)
const source = `const e = globalThis.electronThatAnswersAnything; export default e; ${names
  .map((name) => `export const ${name} = e`)
  .join('; ')}`
const url = `data:text/javascript,${encodeURIComponent(source)}`
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier.startsWith('electron/')
      ? { url, shortCircuit: true }
      : next(specifier, context),
})

const target = pathToFileURL(process.argv[2]).href
const started = performance.now()
await import(target)
const took = performance.now() - started
rmSync(folder, { recursive: true, force: true })
process.stdout.write(String(took))
process.exit(0)
