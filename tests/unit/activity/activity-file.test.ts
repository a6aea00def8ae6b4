import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createActivityFile } from '../../../main/activity/activity-file.ts'
import { failure } from '../../../main/failure.ts'
import type { ActivityEvent } from '../../../preload/views.ts'
import { fakeToken, world } from '../sessions/fakes.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-activity-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

let serial = 0
const event = (changes: Partial<ActivityEvent> = {}): ActivityEvent => {
  serial += 1
  return { id: `event-${serial}`, profileId: 'p', at: serial, kind: 'refreshed', ...changes }
}

test('what happened is there after a restart, newest first, with everything about it', async () => {
  const first = event({ durationMs: 12.5, requestId: '0f0c3b4e-1c7f-4c9b-9a55-2b8a6f1d2c3e' })
  const second = event({
    kind: 'refresh-failed',
    failure: failure('network.offline', { detail: 'ECONNRESET' }),
  })
  const before = createActivityFile({ folder })
  before.append(first)
  before.append(event({ profileId: 'q' }))
  before.append(second)
  await before.settled()
  expect(await createActivityFile({ folder }).of('p')).toEqual([second, first])
})

test('the files stay below their bound, and the newest events are kept', async () => {
  const file = createActivityFile({ folder, maxBytes: 2_000 })
  const events = Array.from({ length: 200 }, () => event())
  for (const one of events) {
    file.append(one)
    await file.settled()
  }
  const sizes = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))))
  expect(sizes).toHaveLength(2)
  for (const { size } of sizes) expect(size).toBeLessThanOrEqual(2_000)
  const kept = await file.of('p')
  expect(kept).toEqual(events.slice(-kept.length).toReversed())
  expect(kept.length).toBeGreaterThan(15)
})

test('no secret reaches the file, whatever a service put into its words', async () => {
  const token = fakeToken({ sub: 'ana', jti: 'x'.repeat(60) })
  const file = createActivityFile({ folder })
  file.append(
    event({
      detail: `as ${token}`,
      failure: failure('service.refused', { detail: `password=hunter2 ${token}` }),
    }),
  )
  await file.settled()
  const text = await readFile(join(folder, 'activity.log'), 'utf8')
  expect(text).not.toContain(token.slice(0, 30))
  expect(text).not.toContain('hunter2')
})

test('a removed profile is not shown again, and a line cut off by a crash hides no other', async () => {
  const file = createActivityFile({ folder })
  file.append(event())
  file.forget('p')
  const after = event()
  file.append(after)
  await file.settled()
  const path = join(folder, 'activity.log')
  await writeFile(path, `${await readFile(path, 'utf8')}{"id":"cut","profileId":"p","at`)
  expect(await createActivityFile({ folder }).of('p')).toEqual([after])
})

test('a folder that takes no files costs the record of earlier runs and nothing else', async () => {
  const w = world({ archive: createActivityFile({ folder: join(devNull, 'activity') }) })
  const id = await w.signIn()
  expect(await w.sessions.history(id)).toMatchObject([{ kind: 'signed-in' }])
})

test('sessions show earlier runs and this one, each event once', async () => {
  const w = world({ archive: createActivityFile({ folder }) })
  const id = await w.signIn()
  await w.sessions.stop()
  const next = world({ all: [w.profile], vault: w.vault, archive: createActivityFile({ folder }) })
  await next.sessions.start()
  const events = await next.sessions.history(id)
  expect(events.map(({ kind }) => kind)).toEqual(['restored', 'signed-in'])
  expect(await next.sessions.history(id)).toEqual(events)
})
