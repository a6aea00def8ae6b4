// Owns settings.json: how the window looks and where it was. Nothing in it matters enough to bother anyone when it is lost.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EndWarnings, Theme } from '../../preload/views.ts'
import { replaceFile } from '../files.ts'
import type { Log } from '../logging/log.ts'

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Settings {
  readonly theme: Theme
  readonly endWarnings: EndWarnings
  readonly window?: { readonly bounds: Bounds; readonly maximized: boolean } | undefined
}

export interface SettingsFile {
  readonly current: Settings
  /** Changes some settings and writes the file; writes follow each other in order. */
  change(part: Partial<Settings>): void
  /** Answers once the last change is on disk, or could not be written. */
  settled(): Promise<void>
}

const themes: readonly unknown[] = ['system', 'light', 'dark'] satisfies readonly Theme[]
const isTheme = (value: unknown): value is Theme => themes.includes(value)
const endWarnings: readonly unknown[] = [
  'all',
  'last-day',
  'last-hour',
  'never',
] satisfies readonly EndWarnings[]
const isEndWarnings = (value: unknown): value is EndWarnings => endWarnings.includes(value)
const defaults: Settings = { theme: 'system', endWarnings: 'all' }
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const readWindow = (value: unknown): Settings['window'] => {
  if (!isRecord(value) || !isRecord(value['bounds'])) return undefined
  const { x, y, width, height } = value['bounds']
  const isSize = (n: unknown): n is number => typeof n === 'number' && Number.isInteger(n)
  if (!isSize(x) || !isSize(y) || !isSize(width) || !isSize(height)) return undefined
  return { bounds: { x, y, width, height }, maximized: value['maximized'] === true }
}

/** Reads settings from the file's text; what is missing or makes no sense is as on the first start. By hand: zod loads later. */
export const parseSettings = (text: string): Settings => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return defaults
  }
  if (!isRecord(value)) return defaults
  return {
    theme: isTheme(value['theme']) ? value['theme'] : defaults.theme,
    endWarnings: isEndWarnings(value['endWarnings']) ? value['endWarnings'] : defaults.endWarnings,
    window: readWindow(value['window']),
  }
}

/** Opens the settings of a configuration folder. Read at once, since the first window needs them before it exists. */
export const openSettings = (configDir: string, log: Log): SettingsFile => {
  const path = join(configDir, 'settings.json')
  let current: Settings = defaults
  try {
    current = parseSettings(readFileSync(path, 'utf8'))
  } catch {
    // The first start, or a file that cannot be read: the defaults do.
  }
  let written = Promise.resolve()
  const write = async (settings: Settings): Promise<void> => {
    const result = await replaceFile(path, `${JSON.stringify(settings, null, 2)}\n`)
    if (!result.ok) log.warn('settings.not-saved', { reason: result.reason })
  }
  return {
    get current() {
      return current
    },
    change(part) {
      current = { ...current, ...part }
      const settings = current
      written = written.then(() => write(settings))
    },
    settled: () => written,
  }
}
