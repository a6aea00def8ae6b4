import { expect, it } from 'vitest'
import { failure } from '../../../../main/failure.ts'
import type { ActivityEvent } from '../../../../preload/views.ts'
import { byDay, filterActivity } from '../../../../renderer/features/activity/filter.ts'

const event = (kind: ActivityEvent['kind'], at = 0, failed = false): ActivityEvent => ({
  id: `${kind}-${at}`,
  profileId: 'p',
  at,
  kind,
  ...(failed ? { failure: failure('network.offline') } : {}),
})

const events = [
  event('ending-soon'),
  event('exported'),
  event('refresh-failed', 0, true),
  event('refreshed'),
  event('revocation-pending'),
  event('signed-out', 0, true),
  event('signed-in'),
]

it.each([
  ['all', events.map(({ kind }) => kind)],
  ['sessions', ['ending-soon', 'revocation-pending', 'signed-out', 'signed-in']],
  ['refreshes', ['refresh-failed', 'refreshed']],
  ['uses', ['exported']],
  ['problems', ['ending-soon', 'refresh-failed', 'revocation-pending', 'signed-out']],
] as const)('%s shows what belongs to it', (filter, kinds) => {
  expect(filterActivity(events, filter).map(({ kind }) => kind)).toEqual(kinds)
})

it('days follow one another with their events in order', () => {
  const days = byDay([event('refreshed', 250), event('refreshed', 210), event('signed-in', 90)], (at) =>
    String(Math.floor(at / 100)),
  )
  expect(days.map(({ at, events }) => [at, events.length])).toEqual([
    [250, 2],
    [90, 1],
  ])
})
