// Owns what command-line.ts is told of the machine this runs on.
import { existsSync } from 'node:fs'
import type { Machine } from './command-line.ts'

export const thisMachine = (): Machine => {
  const resources: unknown = Reflect.get(process, 'resourcesPath')
  return {
    platform: process.platform,
    execPath: process.execPath,
    isNode: process.versions['electron'] === undefined,
    folder: import.meta.dirname,
    resources: typeof resources === 'string' ? resources : undefined,
    path: process.env['PATH'] ?? '',
    exists: existsSync,
  }
}
