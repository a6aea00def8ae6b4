/** Finds a Chromium on this machine. Starts nothing, downloads nothing. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

export type ChromiumSearch =
  | { readonly kind: 'found'; readonly path: string }
  /** `message` is one line for a person: what is missing and what to install. */
  | { readonly kind: 'missing'; readonly message: string }

/** Names looked for on PATH, the best match first. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']

/** Debian's /usr/bin/chromium is a shell script that starts this one: going straight there saves its start-up. */
const LINUX = ['/usr/lib/chromium/chromium', '/usr/lib64/chromium-browser/chromium-browser']

/**
 * Chromium without a browser around it, which no person can see: it draws the same pages and starts in a third of the processor time,
 * because no tab strip, no address bar and no new-tab page are loaded for nobody.
 */
const LINUX_UNSEEN = '/usr/lib/chromium/chromium-headless-shell'

const MACOS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const WINDOWS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

const INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'install one (Debian, Ubuntu: apt-get install chromium)',
  darwin: 'install one (brew install --cask chromium, or Google Chrome)',
  win32: 'install Google Chrome or Microsoft Edge',
}

/** The places to look at, the best first. */
export function chromiumCandidates(
  platform: NodeJS.Platform,
  env: Environment,
  isVisible: boolean,
): string[] {
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return roots.flatMap((root) => (root === undefined ? [] : WINDOWS.map((path) => `${root}\\${path}`)))
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
  if (platform === 'darwin') return [...MACOS, ...onPath]
  return [...(isVisible ? [] : [LINUX_UNSEEN]), ...LINUX, ...onPath]
}

/** `CHROMIUM_PATH` decides when it is set; the usual places otherwise. `isVisible`: a person is to see its windows. */
export function findChromium(
  isVisible: boolean,
  platform: NodeJS.Platform = process.platform,
  env: Environment = process.env,
  isExecutable: (path: string) => boolean = isExecutableFile,
): ChromiumSearch {
  const chosen = env['CHROMIUM_PATH']
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return { kind: 'found', path: chosen }
    return { kind: 'missing', message: `CHROMIUM_PATH names ${chosen}, which is not an executable file.` }
  }
  const path = chromiumCandidates(platform, env, isVisible).find((candidate) => isExecutable(candidate))
  if (path !== undefined) return { kind: 'found', path }
  const advice = INSTALL[platform] ?? 'install one'
  return { kind: 'missing', message: `no Chromium found: ${advice}, or set CHROMIUM_PATH to its executable.` }
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
