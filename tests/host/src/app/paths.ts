/** `app.getPath` and `app.setPath`: Electron's defaults per platform, `--user-data-dir`, and what the app set. */
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { identity, switches } from './state.ts'

type PathName = Parameters<Electron.App['getPath']>[0]

const set = new Map<string, string>()

function appData(): string {
  const home = homedir()
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config')
}

const inHome = (folder: string) => () => join(homedir(), folder)

const DEFAULTS: Readonly<Record<PathName, () => string>> = {
  home: homedir,
  temp: tmpdir,
  exe: () => process.execPath,
  module: () => process.execPath,
  assets: () => dirname(process.execPath),
  appData,
  userData: () => switches.get('user-data-dir') ?? join(getPath('appData'), identity.name),
  sessionData: () => getPath('userData'),
  logs: () => join(getPath('userData'), 'logs'),
  crashDumps: () => join(getPath('userData'), 'Crashpad'),
  recent: inHome('Recent'),
  desktop: inHome('Desktop'),
  documents: inHome('Documents'),
  downloads: inHome('Downloads'),
  music: inHome('Music'),
  pictures: inHome('Pictures'),
  videos: inHome('Videos'),
}
const isPathName = (name: string): name is PathName => Object.hasOwn(DEFAULTS, name)

/** @throws Error for a name that Electron has not, in its words */
export function getPath(name: PathName): string {
  if (!isPathName(name)) throw new Error(`Failed to get '${String(name)}' path`)
  return set.get(name) ?? DEFAULTS[name]()
}

export function setPath(name: string, path: string): void {
  if (!isPathName(name)) throw new Error('Invalid path name')
  set.set(name, path)
}
