import { expect, it } from 'vitest'
import type { Message } from '../../../main/desktop/notify.ts'
import { createEndingNotices, endingMessage } from '../../../main/desktop/notify-endings.ts'
import { days, hours, minutes } from '../sessions/fake-clock.ts'

it.each([
  [3 * days, 'in 3 days'],
  [24 * hours, 'in 24 hours'],
  [5 * hours, 'in 5 hours'],
  [50 * minutes, 'in 1 hour'],
  [10 * minutes, 'in less than an hour'],
])('a sign-in with %i ms to go ends %s', (leftMs, words) => {
  expect(endingMessage([{ profileId: 'p', name: 'acme · ana', leftMs }])?.title).toBe(
    `acme · ana ends ${words}`,
  )
})

it('many that end are one message, the soonest first, and a click opens that one', () => {
  const told: { message: Message; click: () => void }[] = []
  const opened: string[] = []
  let end: (() => void) | undefined
  const listen = createEndingNotices({
    nameOf: (id) => `name of ${id}`,
    now: () => 0,
    notify: (message, click) => told.push({ message, click }),
    open: (id) => opened.push(id),
    atEndOfTurn: (callback) => {
      end = callback
    },
  })
  for (const [profileId, endsAt] of [
    ['a', 3 * days],
    ['b', hours],
    ['c', 2 * days],
    ['d', 3 * days],
  ] as const) {
    listen({ kind: 'ending', profileId, endsAt })
  }
  listen({ kind: 'order' })
  end?.()
  expect(told.map(({ message }) => message)).toEqual([
    {
      title: '4 sign-ins end soon, the first in 1 hour',
      body: 'name of b, name of c, name of a and 1 more. Sign in again before then; nothing is refreshed after that.',
    },
  ])
  told[0]?.click()
  expect(opened).toEqual(['b'])
})
