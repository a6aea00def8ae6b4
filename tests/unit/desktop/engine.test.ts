import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../../main/engine.ts'
import { silentLog } from '../../../main/logging/log.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const setUp = (file?: string) => {
  const configDir = mkdtempSync(join(tmpdir(), 'sesame-engine-'))
  folders.push(configDir)
  if (file !== undefined) writeFileSync(join(configDir, 'profiles.json'), file)
  let copied = ''
  const engine = createEngine({
    configDir,
    defaultConfigDir: configDir,
    vault: 'memory',
    clipboard: {
      readText: async () => copied,
      writeText: async (text) => {
        copied = text
      },
    },
    log: silentLog,
  })
  return { configDir, engine, copied: () => copied }
}

describe('the engine', () => {
  it('starts from an empty folder, in memory when asked to, and writes nothing', async () => {
    const { configDir, engine } = setUp()
    await engine.open()
    await engine.sessions.start()
    expect(engine.sessions.views()).toEqual([])
    expect(engine.vault.state).toEqual({ kind: 'memory' })
    expect(engine.notices.list()).toEqual([])
    await engine.close()
    expect(readdirSync(configDir)).toEqual([])
  })

  it('opens all the same when the profiles file is damaged, and says where it was put', async () => {
    const { configDir, engine } = setUp('{ damaged')
    await engine.open()
    const [notice] = engine.notices.list()
    expect(notice).toMatchObject({ tone: 'bad', failure: { code: 'profiles.damaged' } })
    expect(notice?.failure.detail).toContain(configDir)
    await engine.close()
  })

  it('leaves nothing of ours on the clipboard when it closes', async () => {
    const { engine, copied } = setUp()
    await engine.open()
    await engine.clipboard.copy('secret', 'Access token')
    expect(copied()).toBe('secret')
    await engine.close()
    expect(copied()).toBe('')
  })
})
