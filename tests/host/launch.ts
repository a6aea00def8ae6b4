/**
 * Starts an Electron app for a test: on the stand-in, or on the real Electron whose folder `E2E_ELECTRON_DIST` names.
 * Nothing else differs between the two.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright/test'

const realElectron = process.env['E2E_ELECTRON_DIST']

export type Host = 'stand-in' | 'electron'

/** Which host this run's apps are started on. */
export const host: Host = realElectron === undefined || realElectron === '' ? 'stand-in' : 'electron'

/** The folder that holds the executable named `electron`. */
export const electronFolder =
  host === 'electron' ? resolve(realElectron ?? '') : resolve(import.meta.dirname, '../../out/host')

/** Chromium refuses its sandbox to root; for everybody else it stays on. */
const isRoot = process.getuid?.() === 0

/** Set for a person or for the Node around the tests; an app under test must not inherit them. */
const NOT_INHERITED = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'STANDIN_VISIBLE', 'ELECTRON_RENDERER_URL']

export interface LaunchOptions {
  /** The app's folder (with its package.json) or its main script. */
  readonly app: string
  /** Arguments of the app itself. */
  readonly args?: readonly string[]
  /** Chromium's, before the app: `--force-device-scale-factor=2`. */
  readonly switches?: readonly string[]
  /** On top of this process's environment; undefined removes a name. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Kept afterwards when given; a fresh one, removed with the app, when not. */
  readonly userDataDir?: string
  /** The app's working folder; this process's own when not given. */
  readonly cwd?: string
  /** Milliseconds for the start and the first window together. */
  readonly timeoutMs?: number
}

export interface LaunchedApp extends AsyncDisposable {
  readonly electron: ElectronApplication
  readonly window: Page
  readonly userDataDir: string
  /** Ends the app as a person's quit would, and resolves when its process is gone. May be called twice. */
  close(): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 30_000

/** Starts the app and waits for its first window. */
export async function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  const executable = requireHost()
  // Playwright asks the electron package for the executable, once per process; this is what the package goes by.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electronFolder
  const { userDataDir, remove } = prepareUserData(options.userDataDir)
  const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  try {
    const electron = await _electron.launch({
      args: commandLine(options, userDataDir),
      env: environment(options.env),
      cwd: options.cwd ?? process.cwd(),
      chromiumSandbox: !isRoot,
      // Otherwise Playwright overrules nativeTheme with its own 'light'.
      colorScheme: null,
      timeout,
    })
    // Asked for now: Playwright forgets it with the app.
    const child = electron.process()
    const close = async (): Promise<void> => {
      try {
        await closeElectron(electron, child)
      } finally {
        remove()
      }
    }
    try {
      const window = await electron.firstWindow({ timeout })
      return { electron, window, userDataDir, close, [Symbol.asyncDispose]: close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    remove()
    throw new Error(`${executable} did not start ${options.app}`, { cause: error })
  }
}

/** Starts the app as a person's shell would, without Playwright: for a second instance, or to see it fail. */
export function spawnApp(options: LaunchOptions & { readonly userDataDir: string }): ChildProcess {
  return spawn(
    requireHost(),
    [...(isRoot ? ['--no-sandbox'] : []), ...commandLine(options, options.userDataDir)],
    {
      cwd: options.cwd ?? process.cwd(),
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
}

/** A folder for one app's user data; the caller removes it. */
export function createUserDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'sesame-test-'))
}

export function removeUserDataDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

function prepareUserData(given: string | undefined): { userDataDir: string; remove: () => void } {
  if (given !== undefined) return { userDataDir: given, remove: () => {} }
  const userDataDir = createUserDataDir()
  return { userDataDir, remove: () => removeUserDataDir(userDataDir) }
}

function commandLine({ app, args = [], switches = [] }: LaunchOptions, userDataDir: string): string[] {
  return [`--user-data-dir=${userDataDir}`, ...switches, resolve(app), ...args]
}

function environment(extra: LaunchOptions['env'] = {}): Record<string, string> {
  const wanted: [string, string | undefined][] = Object.entries({ ...process.env, ...extra })
  const result: Record<string, string> = {}
  for (const [name, value] of wanted) {
    const isInherited = Object.hasOwn(extra, name) || !NOT_INHERITED.includes(name)
    if (value !== undefined && isInherited) result[name] = value
  }
  return result
}

/** Where an Electron folder has its executable; the stand-in's is `electron` everywhere. */
const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** @returns the executable */
function requireHost(): string {
  const name = host === 'electron' ? EXECUTABLES[process.platform] : undefined
  const path = join(electronFolder, name ?? 'electron')
  if (host === 'stand-in' && !existsSync(path)) {
    throw new Error('the stand-in host is not built: run `node tests/host/build.ts`')
  }
  return path
}

/** Milliseconds an app may take to end after it was asked to. */
const CLOSE_TIMEOUT_MS = 10_000

/** @throws Error when the app had to be killed: an app that does not end is a fault of its own */
async function closeElectron(electron: ElectronApplication, child: ChildProcess): Promise<void> {
  const ended = hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve))
  let wasKilled = false
  const timer = setTimeout(() => {
    wasKilled = true
    child.kill('SIGKILL')
  }, CLOSE_TIMEOUT_MS)
  await electron.close().catch(() => {
    // it has ended by itself
  })
  await ended
  clearTimeout(timer)
  if (wasKilled) throw new Error(`the app did not end within ${CLOSE_TIMEOUT_MS} ms and was killed`)
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null
