import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createClipboardGuard } from '../../../main/credentials/clipboard-guard.ts'
import { createManualClock } from '../vault/manual-clock.ts'

const world = () => {
  const clock = createManualClock()
  const clipboard = {
    text: 'of the person',
    failures: 0,
    readText: async () => {
      if (clipboard.failures > 0) {
        clipboard.failures -= 1
        throw new Error('the clipboard is busy')
      }
      return clipboard.text
    },
    writeText: async (text: string) => {
      clipboard.text = text
    },
  }
  const guard = createClipboardGuard({ clipboard, clock })
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms)
    await nextTurn()
  }
  return { clock, clipboard, guard, pass }
}

test('what was copied is cleared after 45 seconds, and says when', async () => {
  const { clock, clipboard, guard, pass } = world()
  const views: unknown[] = []
  guard.onChange((view) => views.push(view))
  await guard.copy('secret', 'AWS credentials')
  const view = { clearsAt: clock.now() + 45_000, what: 'AWS credentials' }
  expect(guard.view).toEqual(view)
  await pass(44_999)
  expect(clipboard.text).toBe('secret')
  await pass(1)
  expect(clipboard.text).toBe('')
  expect(views).toEqual([view, {}])
  expect(clock.armed).toBe(0)
})

test('what the person copied since is left alone', async () => {
  const { clipboard, guard, pass } = world()
  await guard.copy('secret', 'AWS credentials')
  clipboard.text = 'something else'
  await pass(45_000)
  expect(clipboard.text).toBe('something else')
  expect(guard.view).toEqual({})
})

test('a new copy starts the time anew', async () => {
  const { clock, clipboard, guard, pass } = world()
  await guard.copy('first', 'ID token')
  await pass(30_000)
  await guard.copy('second', 'AWS credentials')
  expect(clock.armed).toBe(1)
  await pass(44_999)
  expect(clipboard.text).toBe('second')
  await pass(1)
  expect(clipboard.text).toBe('')
})

test('a time that runs out in the middle of a new copy does not clear that one', async () => {
  const { clipboard, guard, pass } = world()
  await guard.copy('first', 'ID token')
  const copying = guard.copy('second', 'AWS credentials')
  await pass(45_000)
  await copying
  expect(clipboard.text).toBe('second')
  expect(guard.view.what).toBe('AWS credentials')
})

test.for([
  ['ours', 'secret', ''],
  ["somebody else's", 'something else', 'something else'],
] as const)('on quitting, a clipboard that is %s ends as it should', async ([, held, left]) => {
  const { clock, clipboard, guard } = world()
  await guard.copy('secret', 'AWS credentials')
  clipboard.text = held
  await guard.clear()
  expect(clipboard.text).toBe(left)
  expect(guard.view).toEqual({})
  expect(clock.armed).toBe(0)
})

test('nothing is cleared when nothing of ours was copied', async () => {
  const { clipboard, guard } = world()
  await guard.clear()
  expect(clipboard.text).toBe('of the person')
})

test('line ends that the system changed are no reason to leave a secret there', async () => {
  const { clipboard, guard, pass } = world()
  await guard.copy('one\ntwo\n', 'AWS credentials')
  clipboard.text = 'one\r\ntwo\r\n'
  await pass(45_000)
  expect(clipboard.text).toBe('')
})

test('a clipboard that is busy is asked again', async () => {
  const { clipboard, guard, pass } = world()
  await guard.copy('secret', 'AWS credentials')
  clipboard.failures = 2
  await pass(45_000)
  expect(clipboard.text).toBe('secret')
  await pass(1_000)
  await pass(1_000)
  expect(clipboard.text).toBe('')
})

test('a clipboard that stays busy is given up after five tries', async () => {
  const { clock, clipboard, guard, pass } = world()
  await guard.copy('secret', 'AWS credentials')
  clipboard.failures = 99
  await pass(45_000)
  for (let second = 0; second < 6; second += 1) await pass(1_000)
  expect(clipboard.failures).toBe(94)
  expect(guard.view).toEqual({})
  expect(clock.armed).toBe(0)
})
