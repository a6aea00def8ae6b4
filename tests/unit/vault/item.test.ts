import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { sessionRecordSchema } from '../../../main/sessions/session.ts'
import { decodeItem, encodeItem } from '../../../main/vault/item.ts'
import { assertStorable } from '../../../main/vault/secret-store.ts'
import { sampleRecord } from './samples.ts'

const profileId = '7f1f3c52-0d1b-4b7e-9a42-3f6f6f0c9b11'

test('any text in a record is kept whole, in a form that every keychain keeps', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1 }), (text, generation) => {
      const item = encodeItem(generation, text)
      assertStorable(item)
      expect(item.isWellFormed()).toBe(true)
      expect(decodeItem(item, z.string())).toEqual({ kind: 'whole', generation, body: text })
    }),
  )
})

test('an item cut short anywhere is damaged, never a shorter record', () => {
  const item = encodeItem(3, sampleRecord(profileId, 3))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: item.length - 1 }), (length) => {
      expect(decodeItem(item.slice(0, length), sessionRecordSchema).kind).toBe('damaged')
    }),
  )
})

test.for([
  ['another version', '{"sesame":2,"generation":1,"body":"x"}'],
  ['a head that names parts', '{"sesame":1,"generation":1,"parts":2,"sha256":"…"}'],
  ['generation zero', '{"sesame":1,"generation":0,"body":"x"}'],
  ['a body of another shape', '{"sesame":1,"generation":1,"body":7}'],
  ['text of someone else', 'hello'],
] as const)('%s is not guessed at', ([, text]) => {
  expect(decodeItem(text, z.string())).toEqual({ kind: 'damaged' })
})
