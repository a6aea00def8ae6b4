import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openSettings, parseSettings } from '../../../main/desktop/settings.ts'
import { silentLog } from '../../../main/logging/log.ts'

const folders: string[] = []
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-settings-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const bounds = { x: 10, y: 20, width: 1000, height: 700 }

describe('settings that make no sense are as on the first start', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{theme'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown theme', '{"theme":"neon"}'],
    ['unknown warnings', '{"endWarnings":"often"}'],
    ['half a window', '{"theme":"system","window":{"bounds":{"x":1,"y":2}}}'],
    ['a window of texts', '{"window":{"bounds":{"x":"1","y":2,"width":3,"height":4}}}'],
    ['a window of fractions', '{"window":{"bounds":{"x":0.5,"y":2,"width":3,"height":4}}}'],
  ])('%s', (_name, text) => {
    expect(parseSettings(text)).toEqual({ theme: 'system', endWarnings: 'all', window: undefined })
  })

  it('and what makes sense beside it is kept', () => {
    expect(parseSettings('{"theme":"dark","window":7,"more":1}')).toEqual({
      theme: 'dark',
      endWarnings: 'all',
      window: undefined,
    })
  })
})

describe('the settings file', () => {
  it('gives back on the next start what was changed, the last change winning', async () => {
    const folder = freshFolder()
    const settings = openSettings(folder, silentLog)
    expect(settings.current).toEqual({ theme: 'system', endWarnings: 'all' })
    settings.change({ theme: 'dark' })
    settings.change({ window: { bounds, maximized: true } })
    settings.change({ theme: 'light' })
    await settings.settled()
    expect(openSettings(folder, silentLog).current).toEqual({
      theme: 'light',
      endWarnings: 'all',
      window: { bounds, maximized: true },
    })
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600)
  })

  it('that cannot be written is logged, and the choice holds until the end', async () => {
    const folder = join(freshFolder(), 'in-the-way')
    writeFileSync(folder, 'a file where the folder should be')
    const warned: string[] = []
    const settings = openSettings(folder, { ...silentLog, warn: (event) => warned.push(event) })
    settings.change({ theme: 'dark' })
    await settings.settled()
    expect(settings.current.theme).toBe('dark')
    expect(warned).toEqual(['settings.not-saved'])
    expect(readFileSync(folder, 'utf8')).toBe('a file where the folder should be')
  })
})
