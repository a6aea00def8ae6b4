/**
 * The compile gate: an app's main process and preload, compiled against the stand-in's own types instead of Electron's.
 * Whatever they use and the stand-in has not is an error here, before any test meets it. `node tests/host/gate.ts`
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '../..')
const folder = join(project, 'out/host-gate')

interface World {
  readonly name: string
  /** What `electron` means there. */
  readonly module: string
  /** The apps' entries, from the project's root. */
  readonly entries: readonly string[]
  /** Proof that the gate is shut: uses that must not compile. */
  readonly probe: string
}

const WORLDS: readonly World[] = [
  {
    name: 'main',
    module: 'tests/host/src/gate/main.ts',
    entries: ['tests/host/demo-app/main/index.ts', 'main/index.ts'],
    probe: `
      import { app, BrowserWindow, ipcMain, session } from 'electron'
      // @ts-expect-error -- a value that is not covered
      import { autoUpdater } from 'electron'
      // @ts-expect-error -- a member that is not covered
      void app.getFileIcon('x')
      // @ts-expect-error -- an event that is not covered
      app.on('login', () => {})
      // @ts-expect-error -- a window's member that is not covered
      new BrowserWindow().setVibrancy(null)
      // @ts-expect-error -- a session's member that is not covered
      session.defaultSession.setProxy({})
      // @ts-expect-error -- a member of an object that a handler is given
      ipcMain.handle('x', (event) => event.sender.print())
      void autoUpdater
    `,
  },
  {
    name: 'preload',
    module: 'tests/host/src/gate/preload.ts',
    entries: ['tests/host/demo-app/preload/index.ts', 'preload/index.ts'],
    probe: `
      import { contextBridge, ipcRenderer } from 'electron'
      // @ts-expect-error -- a value that is not covered
      import { webFrame } from 'electron'
      // @ts-expect-error -- a member that is not covered
      ipcRenderer.sendSync('x')
      void [contextBridge, webFrame]
    `,
  },
]

/** Electron's types without its modules: as long as \`declare module 'electron'\` is there, it wins over any path. */
function writeNamespace(): string {
  const types = readFileSync(join(project, 'node_modules/electron/electron.d.ts'), 'utf8')
  const stripped = types.replaceAll(/^declare module 'electron(\/\w+)?' \{[^}]*\}$/gm, '')
  if (/^declare module 'electron['/]/m.test(stripped))
    throw new Error('electron.d.ts has another shape than expected')
  const file = join(folder, 'electron-namespace.d.ts')
  writeFileSync(file, stripped)
  return file
}

/** @returns what the compiler found, empty when everything is covered */
function compile({ name, module, entries, probe }: World, namespace: string): string {
  const present = entries.filter((entry) => existsSync(join(project, entry)))
  const probeFile = join(folder, `${name}-probe.ts`)
  writeFileSync(probeFile, probe)
  const target = [join(project, module)]
  const config = {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      lib: ['es2024', 'dom', 'dom.iterable', 'esnext.disposable'],
      types: ['node'],
      typeRoots: [join(project, 'node_modules/@types')],
      paths: {
        electron: target,
        'electron/main': target,
        'electron/common': target,
        'electron/renderer': target,
        'playwright-core/types/protocol': [join(project, 'node_modules/playwright-core/types/protocol.d.ts')],
      },
    },
    files: [namespace, probeFile, ...present.map((entry) => join(project, entry))],
  }
  const configFile = join(folder, `tsconfig.${name}.json`)
  writeFileSync(configFile, JSON.stringify(config, null, 2))
  const tsc = join(project, 'node_modules/typescript/bin/tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', configFile], {
    cwd: project,
    encoding: 'utf8',
  })
  return status === 0 ? '' : stdout + stderr
}

/** @returns what is used and not covered, as the compiler says it; empty when the gate holds */
export function findUncovered(): string {
  mkdirSync(folder, { recursive: true })
  const namespace = writeNamespace()
  return WORLDS.map((world) => compile(world, namespace)).join('')
}

if (import.meta.main) {
  const uncovered = findUncovered()
  process.stdout.write(uncovered === '' ? 'gate: everything used is covered\n' : uncovered)
  process.exitCode = uncovered === '' ? 0 : 1
}
