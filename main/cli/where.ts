// Owns which configuration folder a command works on: --config-dir, else SESAME_CONFIG_DIR, else the person's own.
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { defaultConfigDir } from '../agent/config-dir.ts'

/** Absolute path of the person's own configuration folder. */
export const ownConfigDir = (): string =>
  resolve(defaultConfigDir({ platform: process.platform, env: process.env, home: homedir() }))

/** Absolute path. */
export const configDirOf = (option: string | undefined): string => {
  const named = option || process.env['SESAME_CONFIG_DIR']
  return named ? resolve(named) : ownConfigDir()
}
