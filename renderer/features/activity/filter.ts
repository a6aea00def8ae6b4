// Owns which events belong together, and how a day reads as a heading. Pure.
import type { ActivityEvent } from '../../../preload/views.ts'

export const activityFilters = [
  { value: 'all', label: 'All' },
  { value: 'sessions', label: 'Sign-ins' },
  { value: 'refreshes', label: 'Refreshes' },
  { value: 'uses', label: 'Copied and used' },
  { value: 'problems', label: 'Problems' },
] as const

export type ActivityFilter = (typeof activityFilters)[number]['value']

/** The group of each kind. */
const groups = {
  'signed-in': 'sessions',
  'sign-in-failed': 'sessions',
  refreshed: 'refreshes',
  rotated: 'refreshes',
  'refresh-failed': 'refreshes',
  ended: 'sessions',
  'credentials-issued': 'uses',
  'credentials-failed': 'uses',
  exported: 'uses',
  'token-copied': 'uses',
  'token-revealed': 'uses',
  tested: 'uses',
  'signed-out': 'sessions',
  'revocation-pending': 'sessions',
  restored: 'sessions',
  'ending-soon': 'sessions',
} as const satisfies Record<ActivityEvent['kind'], ActivityFilter>

/** Events that pass. A problem is whatever failed or waits for somebody. */
export const filterActivity = (
  events: readonly ActivityEvent[],
  filter: ActivityFilter,
): readonly ActivityEvent[] => {
  if (filter === 'all') return events
  return events.filter((event) =>
    filter === 'problems'
      ? event.failure !== undefined || event.kind === 'revocation-pending' || event.kind === 'ending-soon'
      : groups[event.kind] === filter,
  )
}

export interface ActivityDay {
  /** Of the first instant shown, to name the day by. */
  readonly at: number
  readonly events: readonly ActivityEvent[]
}

/** The events by day, in their order. `dayOf` names the day of an instant in the reader's time zone. */
export const byDay = (
  events: readonly ActivityEvent[],
  dayOf: (at: number) => string,
): readonly ActivityDay[] =>
  [...Map.groupBy(events, ({ at }) => dayOf(at)).values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [{ at: first.at, events: group }]
  })
