/** Finds the app that the command line names: its directory, its package.json, its main script. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface Manifest {
  readonly appPath: string
  readonly name: string
  readonly version: string
  /** The main script, absolute. */
  readonly main: string
}

interface PackageJson {
  readonly name?: string
  readonly productName?: string
  readonly version?: string
  readonly main?: string
}

/** @param target the app's directory or its main script, as written on the command line */
export function readManifest(target: string): Manifest {
  const path = resolve(target)
  const isDirectory = statSync(path).isDirectory()
  const appPath = isDirectory ? path : dirname(path)
  // A script's package.json may be above its build folder, as in out/main/index.js.
  const file = [appPath, dirname(appPath), dirname(dirname(appPath))]
    .map((folder) => join(folder, 'package.json'))
    .find((candidate) => existsSync(candidate))
  const json: PackageJson = file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'))
  return {
    appPath,
    name: json.productName ?? json.name ?? 'Electron',
    version: json.version ?? '0.0.0',
    main: isDirectory ? resolve(path, json.main ?? 'index.js') : path,
  }
}
