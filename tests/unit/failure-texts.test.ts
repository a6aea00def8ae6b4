import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { failureTexts } from '../../main/failure-texts/index.ts'

const folder = join(import.meta.dirname, '../../main/failure-texts')

test('every code of every area is in the table, once', () => {
  const written = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}'([^']+)': /gm)].map(([, code]) => code),
  )
  expect(written).toHaveLength(Object.keys(failureTexts).length)
  expect(new Set(written)).toEqual(new Set(Object.keys(failureTexts)))
})

describe.each(Object.entries(failureTexts))('%s', (_code, { message, remedy }) => {
  test('says what happened and what to do next, in sentences', () => {
    for (const sentence of [message, remedy]) expect(sentence).toMatch(/^[A-Z~].*(?:[.…]|: sesame .+)$/)
    expect(remedy).not.toMatch(/\b(?:please|oops|sorry)\b/i)
  })
})
