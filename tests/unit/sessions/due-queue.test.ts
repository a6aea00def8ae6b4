import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDueQueue } from '../../../main/sessions/due-queue.ts'

const commands = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('put' as const), name: fc.nat(30), dueAt: fc.nat(1_000) }),
    fc.record({ kind: fc.constant('take' as const), name: fc.nat(30) }),
    fc.record({ kind: fc.constant('shift' as const), byMs: fc.integer({ min: -500, max: 500 }) }),
  ),
  { maxLength: 300 },
)

test('whatever was put, moved and taken out, the earliest comes first', () => {
  fc.assert(
    fc.property(commands, (list) => {
      const queue = createDueQueue<{ name: number; dueAt: number; place: number }>()
      const items = new Map<number, { name: number; dueAt: number; place: number }>()
      for (const command of list) {
        if (command.kind === 'put') {
          const item = items.get(command.name) ?? { name: command.name, dueAt: 0, place: -1 }
          item.dueAt = command.dueAt
          items.set(command.name, item)
          queue.put(item)
        } else if (command.kind === 'take') {
          const item = items.get(command.name)
          items.delete(command.name)
          if (item !== undefined) queue.take(item)
        } else {
          queue.shift(command.byMs)
        }
        expect(queue.size).toBe(items.size)
        const due = [...items.values()].map(({ dueAt }) => dueAt)
        expect(queue.first()?.dueAt).toBe(due.length === 0 ? undefined : Math.min(...due))
      }
      const order: number[] = []
      for (let first = queue.first(); first !== undefined; first = queue.first()) {
        order.push(first.dueAt)
        queue.take(first)
      }
      expect(order).toEqual(order.toSorted((one, other) => one - other))
    }),
  )
})
