import { expect, test } from 'vitest'
import { createTurns } from '../../main/in-turn.ts'

test('work runs one after the other, in the order it was handed over', async () => {
  const inTurn = createTurns()
  const seen: string[] = []
  const first = Promise.withResolvers<void>()
  const all = Promise.all([
    inTurn(async () => {
      seen.push('first begins')
      await first.promise
      seen.push('first ends')
    }),
    inTurn(async () => void seen.push('second')),
  ])
  first.resolve()
  await all
  expect(seen).toEqual(['first begins', 'first ends', 'second'])
})

test('each gets its own value, and what throws holds nobody up', async () => {
  const inTurn = createTurns()
  const failed = inTurn(() => Promise.reject(new Error('one')))
  const next = inTurn(async () => 2)
  await expect(failed).rejects.toThrow('one')
  expect(await next).toBe(2)
})
