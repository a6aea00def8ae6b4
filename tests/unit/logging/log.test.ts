import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { logCrashes } from '../../../main/logging/crash.ts'
import { createFileSink } from '../../../main/logging/file-sink.ts'
import { createLog, type LogSink } from '../../../main/logging/log.ts'

const folders: string[] = []
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-log-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const collect = (): { lines: string[]; now: string[]; sink: LogSink } => {
  const lines: string[] = []
  const now: string[] = []
  return { lines, now, sink: { write: (line) => lines.push(line), writeNow: (line) => now.push(line) } }
}

describe('a log line', () => {
  it('is one JSON object with time, level, event and redacted fields', () => {
    const { lines, sink } = collect()
    createLog(sink, () => Date.UTC(2026, 1, 3, 4, 5, 6)).info('session.refreshed', {
      durationMs: 120,
      refreshToken: 'canary',
      level: 'shadowed',
    })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        at: '2026-02-03T04:05:06.000Z',
        level: 'info',
        event: 'session.refreshed',
        durationMs: 120,
        refreshToken: '[redacted]',
        _level: 'shadowed',
      },
    ])
  })

  it('is written at once when it is an error', () => {
    const { lines, now, sink } = collect()
    createLog(sink, () => 0).error('crash.exception')
    expect(lines).toEqual([])
    expect(now).toHaveLength(1)
  })
})

describe('uncaught errors', () => {
  it('are logged without the secret they carry; only an exception is fatal', () => {
    const { now, sink } = collect()
    const listeners = new Map<string, (reason: unknown) => void>()
    const fatal: unknown[] = []
    logCrashes(
      { on: (event, listener) => listeners.set(event, listener) },
      createLog(sink, () => 0),
      (error) => fatal.push(error),
    )
    listeners.get('unhandledRejection')?.(new Error('token=canary-one'))
    expect(fatal).toEqual([])
    const error = new Error('password: canary-two')
    listeners.get('uncaughtException')?.(error)
    expect(fatal).toEqual([error])
    expect(now[0]).toContain('"event":"crash.rejection"')
    expect(now[1]).toContain('"event":"crash.exception"')
    expect(now.join('')).not.toMatch(/canary/)
  })
})

describe('the log file', () => {
  it('keeps every line, in order, readable by its owner only', async () => {
    const folder = join(freshFolder(), 'logs')
    const sink = createFileSink({ folder })
    for (let n = 0; n < 100; n++) sink.write(`line ${n}`)
    await sink.flush()
    expect(readFileSync(sink.file, 'utf8')).toBe(
      Array.from({ length: 100 }, (_, n) => `line ${n}\n`).join(''),
    )
    expect(statSync(sink.file).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('has the last words on disk when writeNow returns, with what waited before them', () => {
    const sink = createFileSink({ folder: freshFolder() })
    sink.write('first')
    sink.write('second')
    sink.writeNow('last')
    expect(readFileSync(sink.file, 'utf8')).toMatch(/second\nlast\n$/)
  })

  it('sets full files aside and never keeps more than it should', async () => {
    const folder = freshFolder()
    const sink = createFileSink({ folder, maxBytes: 100, keep: 2 })
    for (let n = 0; n < 40; n++) {
      sink.write(`a line of about thirty bytes ${n}`)
      await sink.flush()
    }
    expect(readdirSync(folder).toSorted()).toEqual(['sesame.1.log', 'sesame.2.log', 'sesame.log'])
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(100)
    expect(readFileSync(sink.file, 'utf8')).toContain('bytes 39')
  })

  it('goes on with the file of the last run', async () => {
    const folder = freshFolder()
    writeFileSync(join(folder, 'sesame.log'), 'yesterday\n')
    const sink = createFileSink({ folder })
    sink.write('today')
    await sink.flush()
    expect(readFileSync(sink.file, 'utf8')).toBe('yesterday\ntoday\n')
  })

  it('never throws, and goes on when the folder is usable again', async () => {
    const folder = join(freshFolder(), 'logs')
    writeFileSync(folder, 'in the way')
    const sink = createFileSink({ folder })
    sink.write('lost')
    sink.writeNow('lost, too')
    await sink.flush()
    rmSync(folder)
    sink.write('kept')
    await sink.flush()
    expect(readFileSync(sink.file, 'utf8')).toBe('kept\n')
  })
})
