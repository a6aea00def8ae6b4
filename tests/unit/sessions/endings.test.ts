import { describe, expect, test } from 'vitest'
import { defaultEndWarnings, nextWarning, wasInError } from '../../../main/sessions/endings.ts'
import {
  days,
  fakeProfile,
  fakeRecord,
  fakeTokens,
  hours,
  minutes,
  settle,
  valueOf,
  type World,
  world,
} from './fakes.ts'

const endings = ({ changes, clock }: World) =>
  changes.flatMap((change) => (change.kind === 'ending' ? [(change.endsAt - clock.now()) / hours] : []))

test.each([
  ['long before', 20 * days, undefined, { beforeMs: 3 * days, inMs: 17 * days }],
  ['the first time after one is due', 2 * days, undefined, { beforeMs: 3 * days, inMs: 0 }],
  ['the first time after two are due', 5 * hours, undefined, { beforeMs: days, inMs: 0 }],
  ['after the first', 2 * days, 3 * days, { beforeMs: days, inMs: days }],
  ['after the last', 10 * minutes, hours, undefined],
  ['after the end', -1, undefined, undefined],
] as const)('%s', (_, leftMs, warnedMs, expected) => {
  expect(nextWarning(defaultEndWarnings, leftMs, warnedMs)).toEqual(expected)
})

test.each([
  ['when it comes', 3 * days, 3 * days, false],
  ['later', 3 * days, hours, false],
  ['after the clock was set right by a little', 3 * days, 3 * days + 5 * minutes, false],
  ['after it came too early', days, 5 * days, true],
])('whether a warning was in error, %s', (_, beforeMs, leftMs, expected) => {
  expect(wasInError(beforeMs, leftMs)).toBe(expected)
})

test('a sign-in that ends is told of with 3 days, 1 day and 1 hour to go, each once', async () => {
  const w = world()
  const id = await w.signIn()
  await w.clock.advance(30 * days - 4 * hours)
  const told = endings(w)
  expect(told).toHaveLength(2)
  await w.clock.advance(5 * hours)
  const lefts = w.changes.flatMap((change) => (change.kind === 'ending' ? [change.endsAt] : []))
  expect(new Set(lefts).size).toBe(1)
  expect(lefts).toHaveLength(3)
  expect(w.sessions.activity(id).filter(({ kind }) => kind === 'ending-soon')).toHaveLength(3)
})

describe('a clock that is wrong for a while', () => {
  test('is measured before anybody is told, and the warnings come when they are due', async () => {
    const w = world()
    await w.signIn()
    await w.clock.advance(25 * days)
    w.issuer.offsetMs = -4.5 * days
    w.clock.set(4.5 * days)
    w.sessions.wake('resume')
    await w.clock.advance(hours)
    w.issuer.offsetMs = 0
    w.clock.set(-4.5 * days)
    await w.clock.advance(hours)
    expect(endings(w)).toEqual([])
    await w.clock.advance(5 * days)
    expect(endings(w)).toHaveLength(3)
  })

  test('and no network to measure it by, nobody is told before there is', async () => {
    const w = world()
    await w.signIn()
    await w.clock.advance(25 * days)
    w.issuer.does.refresh.always('network.offline')
    w.clock.set(4.5 * days)
    w.sessions.wake('resume')
    await w.clock.advance(hours)
    expect(endings(w)).toEqual([])
    w.issuer.offsetMs = -4.5 * days
    w.issuer.does.refresh.always(undefined)
    w.sessions.wake('network')
    await w.clock.advance(hours)
    expect(endings(w)).toEqual([])
    await w.clock.advance(5 * days)
    expect(endings(w)).toHaveLength(3)
  })

  test('by less than the tokens live, uses up no warning either', async () => {
    const w = world()
    w.issuer.wishes = { lifetimeMs: days }
    const id = await w.signIn()
    await w.clock.advance(26.95 * days)
    w.clock.set(10 * hours)
    w.sessions.wake('resume')
    await settle()
    expect(endings(w)).toHaveLength(1)
    w.issuer.offsetMs = -10 * hours
    valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    await w.clock.advance(3.04 * days)
    expect(endings(w)).toHaveLength(4)
  })
})

test('what is told is what was chosen, also when it is chosen late', async () => {
  const w = world()
  await w.signIn()
  w.sessions.setEndWarnings([])
  await w.clock.advance(29.5 * days)
  expect(endings(w)).toEqual([])
  w.sessions.setEndWarnings([3_600])
  await w.clock.advance(11.5 * hours)
  expect(endings(w)).toHaveLength(1)
})

test('a new sign-in begins anew, and after a restart it is told again', async () => {
  const profile = fakeProfile()
  const w = world({ all: [profile] })
  const tokens = fakeTokens({ issuedAt: w.clock.now() })
  w.vault.records.set(profile.id, fakeRecord(profile, tokens, { signedInAt: w.clock.now() - 29 * days }))
  await w.sessions.start()
  await w.clock.advance(1)
  expect(endings(w)).toHaveLength(1)
  await w.signIn()
  await w.clock.advance(26 * days)
  expect(endings(w)).toHaveLength(1)
  await w.clock.advance(2 * days)
  await settle()
  expect(endings(w)).toHaveLength(2)
})
