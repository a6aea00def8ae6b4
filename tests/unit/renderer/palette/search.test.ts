import { describe, expect, test } from 'vitest'
import {
  type Findable,
  rank,
  score,
  splitWords,
  wordsOf,
} from '../../../../renderer/features/palette/search.ts'

const items: readonly Findable[] = [
  { name: 'northwind-prod', rest: 'acme@northwind.io us-east-1' },
  { name: 'big acme', rest: '' },
  { name: 'acme-staging · ana', rest: 'ana@acme.io eu-west-1' },
  { name: 'subacme', rest: '' },
  { name: 'kiosk-dev', rest: 'eu-central-1' },
]

const namesFor = (query: string) => rank(wordsOf(query), items).map(({ item }) => item.name)

describe('searching', () => {
  test('ranks names first: at the start, at a word, inside a word, and only then anything else', () => {
    expect(namesFor('acme')).toEqual(['acme-staging · ana', 'big acme', 'subacme', 'northwind-prod'])
  })

  test('needs every word, in any order and case', () => {
    expect(namesFor('ANA acme')).toEqual(['acme-staging · ana'])
    expect(namesFor('ana kiosk')).toEqual([])
  })

  test('finds by what is not in the name', () => {
    expect(namesFor('us-east')).toEqual(['northwind-prod'])
  })

  test('keeps the order of what fits equally, and everything for an empty query', () => {
    expect(namesFor('')).toEqual(items.map(({ name }) => name))
    expect(namesFor('-')).toEqual(['northwind-prod', 'acme-staging · ana', 'kiosk-dev'])
  })

  test('a second occurrence at a word start counts', () => {
    expect(score(['an'], { name: 'banana ana', rest: '' })).toBe(score(['an'], { name: 'x ana', rest: '' }))
  })

  test('signs with a meaning in patterns are plain text', () => {
    expect(namesFor('.*')).toEqual([])
    expect(namesFor('(')).toEqual([])
  })
})

test('words that name a command are told from the rest', () => {
  expect(splitWords(wordsOf('copy cred acme'), 'Copy AWS credentials')).toEqual({
    inText: ['copy', 'cred'],
    others: ['acme'],
  })
})
