// docs/signing-in.md says which test proves which way in: that no name in it is an empty promise.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { signInStepSchema } from '../../preload/sign-in-views.ts'

const tests = resolve(import.meta.dirname, '..')
const page = readFileSync(join(tests, '../docs/signing-in.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.includes('| in the window |'))

interface Named {
  readonly path: string
  /** Undefined where the whole file is meant. */
  readonly title: string | undefined
}

/** A path in back quotes, and the titles in quotes after it, which are the file's. */
const namedIn = (row: string): Named[] => {
  const named: Named[] = []
  let path = ''
  for (const [, file, title] of row.matchAll(/`((?:unit|integration|e2e)\/[^`]+)`|"([^"]+)"/g)) {
    path = file ?? path
    named.push({ path, title })
  }
  return named
}

const isThere = ({ path, title = '' }: Named): boolean => {
  const files = globSync(path, { cwd: tests })
  return files.length > 0 && files.every((file) => readFileSync(join(tests, file), 'utf8').includes(title))
}

test.each(rows)('%s', (row) => {
  const named = namedIn(row)
  expect(named).not.toEqual([])
  expect(named.filter((one) => !isThere(one))).toEqual([])
})

test('every kind of step is in the table', () => {
  const kinds = signInStepSchema.options.map(({ shape }) => shape.kind.value)
  expect(
    kinds.filter((kind) => kind !== 'signed-in' && !rows.some((row) => row.includes(`\`${kind}\``))),
  ).toEqual([])
})
