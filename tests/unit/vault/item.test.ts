import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bodyText,
  decodeHead,
  encodePartsHead,
  encodeWhole,
  joinParts,
  splitText,
} from '../../../main/vault/item.ts'
import { assertStorable } from '../../../main/vault/secret-store.ts'
import { sampleRecord } from './samples.ts'

const profileId = '7f1f3c52-0d1b-4b7e-9a42-3f6f6f0c9b11'
const generation = fc.integer({ min: 1 })
const text = fc.string({ unit: 'binary', maxLength: 60 })

test('any text in a body is kept whole, in a form that every keychain keeps', () => {
  fc.assert(
    fc.property(text, generation, (body, number) => {
      const item = encodeWhole(number, bodyText(body))
      assertStorable(item)
      expect(item).toMatch(/^[ -~]*$/)
      expect(decodeHead(item)).toEqual({ kind: 'whole', generation: number, body })
    }),
  )
})

test('any JSON value is its own text again, so that its checksum can be checked', () => {
  fc.assert(
    fc.property(fc.jsonValue(), generation, (body, number) => {
      const read = decodeHead(encodeWhole(number, bodyText(body)))
      expect(read.kind === 'whole' && JSON.stringify(read.body)).toBe(JSON.stringify(body))
    }),
  )
})

test('parts are as small as asked and make the same body again', () => {
  fc.assert(
    fc.property(fc.array(text), fc.integer({ min: 1, max: 50 }), (body, bytes) => {
      const whole = bodyText(body)
      const parts = splitText(whole, bytes)
      expect(parts.every((part) => part.length > 0 && Buffer.byteLength(part) <= bytes)).toBe(true)
      const head = decodeHead(encodePartsHead(7, whole, parts.length))
      if (head.kind !== 'parts') throw new Error(head.kind)
      expect([head.generation, head.parts]).toEqual([7, parts.length])
      expect(joinParts(head, parts)).toEqual({ body })
      expect(joinParts(head, parts.slice(1))).toBeUndefined()
      expect(joinParts(head, ['x', ...parts.slice(1)])).toBeUndefined()
    }),
  )
})

test('an item cut short anywhere is damaged, never a shorter record', () => {
  const item = encodeWhole(3, bodyText(sampleRecord(profileId, 3)))
  for (let length = 0; length < item.length; length += 37) {
    expect(decodeHead(item.slice(0, length)).kind).toBe('damaged')
  }
})

test('what version 0.1 wrote, without a checksum, is read', () => {
  expect(decodeHead('{"sesame":1,"generation":4,"body":{"a":1}}')).toEqual({
    kind: 'whole',
    generation: 4,
    body: { a: 1 },
  })
})

test.for([
  ['another version', '{"sesame":2,"generation":1,"body":"x"}'],
  ['a checksum of something else', encodeWhole(1, '"x"').replace('"x"', '"y"')],
  ['generation zero', '{"sesame":1,"generation":0,"body":"x"}'],
  ['neither body nor parts', '{"sesame":1,"generation":1}'],
  ['parts without a checksum', '{"sesame":1,"generation":1,"parts":2}'],
  ['text of someone else', 'hello'],
] as const)('%s is not guessed at', ([, item]) => {
  expect(decodeHead(item)).toEqual({ kind: 'damaged' })
})
