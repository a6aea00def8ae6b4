import { describe, expect, it } from 'vitest'
import type { Environment } from '../../../../main/profiles/profile.ts'
import {
  arrange,
  flatten,
  matches,
  moveBy,
  stepFrom,
  typeAhead,
} from '../../../../renderer/features/profiles/listing.ts'
import { sampleId, sampleLive, sampleProfile, sampleProfiles, sampleView } from '../samples.ts'

const named = (n: number, name: string, environment: Environment = 'staging') =>
  sampleView(sampleProfile(n, { name, environment }), { status: 'signed-out', revocationPending: false })

const views = [
  named(1, 'banana', 'staging'),
  named(2, 'apple', 'production'),
  named(3, 'cherry', 'staging'),
  named(4, 'blueberry', 'development'),
  named(5, 'bilberry', 'staging'),
]
const idOf = (view: (typeof views)[number] | undefined) => view?.profile.name

describe('the list groups by environment and keeps the order within', () => {
  it('production comes first, empty environments are left out', () => {
    expect(arrange(views, '').map(({ environment, views }) => [environment, views.map(idOf)])).toEqual([
      ['production', ['apple']],
      ['staging', ['banana', 'cherry', 'bilberry']],
      ['development', ['blueberry']],
    ])
    expect(flatten(arrange(views, '')).map(idOf)).toEqual([
      'apple',
      'banana',
      'cherry',
      'bilberry',
      'blueberry',
    ])
  })

  it('a group without a match is gone', () => {
    expect(arrange(views, 'berry').map(({ environment }) => environment)).toEqual(['staging', 'development'])
  })
})

describe('search looks in all that identifies a profile, for every word', () => {
  const ana = sampleView(sampleProfile(3, { name: 'acme-staging · ana' }), {
    status: 'active',
    ...sampleLive(),
  })
  it.each([
    ['', true],
    ['  ', true],
    ['ACME', true],
    ['ana staging', true],
    ['staging ana', true],
    ['@acme.io', true],
    ['eu-west', true],
    ['Qx7Ab', true],
    ['4k2v7c', true],
    ['acme production', false],
    ['zebra', false],
  ])('%j: %s', (query, found) => {
    expect(matches(ana, query)).toBe(found)
  })
})

describe('keys move through what is shown', () => {
  const shown = flatten(arrange(views, ''))
  it.each([
    [2, 1, 'banana'],
    [1, -1, 'apple'],
    [4, 1, 'blueberry'],
    [2, -1, 'apple'],
    [3, Number.POSITIVE_INFINITY, 'blueberry'],
    [3, Number.NEGATIVE_INFINITY, 'apple'],
    [3, 10, 'blueberry'],
    [99, 1, 'apple'],
    [99, -1, 'blueberry'],
  ])('from profile %d by %d: %s', (from, by, name) => {
    expect(idOf(stepFrom(shown, sampleId(from), by))).toBe(name)
  })

  it.each([
    ['a first letter looks further down', 1, 'b', 'bilberry'],
    ['and comes around', 4, 'b', 'banana'],
    ['more letters stay where they match', 5, 'bil', 'bilberry'],
    ['or go on to where they do', 1, 'blue', 'blueberry'],
    ['case does not count', 1, 'C', 'cherry'],
    ['no match moves nowhere', 1, 'z', undefined],
    ['without a selection it starts at the top', 99, 'b', 'banana'],
  ])('%s', (_name, from, typed, found) => {
    expect(idOf(typeAhead(shown, sampleId(from), typed))).toBe(found)
  })
})

describe('a move stays within its environment', () => {
  it.each([
    [3, 'up', { environment: 'staging', beforeId: sampleId(1) }],
    [3, 'down', { environment: 'staging', beforeId: undefined }],
    [1, 'down', { environment: 'staging', beforeId: sampleId(5) }],
    [1, 'up', undefined],
    [5, 'down', undefined],
    [2, 'down', undefined],
    [99, 'up', undefined],
  ] as const)('profile %d %s', (n, direction, move) => {
    expect(moveBy(views, sampleId(n), direction)).toEqual(move)
  })
})

it("the mockup's six profiles fall into its three groups", () => {
  expect(arrange(sampleProfiles(), '').map(({ views }) => views.length)).toEqual([2, 2, 2])
})
