import { describe, expect, it } from 'vitest'
import { mergeActivity, tookText } from '../../../../renderer/features/activity/words.ts'
import { sampleActivity } from '../samples.ts'

it.each([
  [0.4, '0 ms'],
  [120, '120 ms'],
  [999.4, '999 ms'],
  [1_000, '1.0 s'],
  [10_003, '10.0 s'],
])('%d ms took %s', (ms, text) => {
  expect(tookText(ms)).toBe(text)
})

describe('what was asked for and what was pushed meanwhile become one list', () => {
  const all = sampleActivity()
  it('each event once, newest first', () => {
    const merged = mergeActivity(all.slice(1), all.slice(0, 3).toReversed())
    expect(merged.map((event) => event.id)).toEqual(all.map((event) => event.id))
  })
})
