import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Group } from '../../../../renderer/features/profiles/listing.ts'
import {
  hasRowAt,
  headingHeight,
  placeGroups,
  rowHeight,
  rowsInView,
  scrollTopFor,
} from '../../../../renderer/features/profiles/viewport.ts'
import { manyProfiles } from '../samples.ts'

const profiles = manyProfiles(400)
const groupsOf = (counts: readonly number[]): Group[] =>
  counts.map((count, index) => ({
    environment: (['production', 'staging', 'development', 'other'] as const)[index] ?? 'other',
    views: profiles.slice(0, count),
  }))

const counts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 })
const viewports = fc.record({
  top: fc.integer({ min: 0, max: 20_000 }),
  height: fc.integer({ min: 1, max: 2_000 }),
})

describe('only rows in view exist, and every row in view does', () => {
  it('for any list, scrolled anywhere', () => {
    fc.assert(
      fc.property(counts, viewports, (sizes, viewport) => {
        let rows = 0
        const missing: number[] = []
        for (const group of placeGroups(groupsOf(sizes))) {
          const [from, to] = rowsInView(group, viewport)
          rows += to - from
          for (let row = 0; row < group.views.length; row += 1) {
            const top = group.top + headingHeight + row * rowHeight
            const inView = top < viewport.top + viewport.height && top + rowHeight > viewport.top
            const exists = row >= from && row < to
            if ((inView || hasRowAt(top, viewport)) && !exists) missing.push(row)
          }
        }
        expect(missing).toEqual([])
        // What is in view, and 8 spare rows on either side.
        expect(rows).toBeLessThanOrEqual(Math.ceil(viewport.height / rowHeight) + 2 + 16)
      }),
    )
  })

  it('groups follow one another without a gap', () => {
    fc.assert(
      fc.property(counts, (sizes) => {
        const placed = placeGroups(groupsOf(sizes))
        for (const [index, group] of placed.entries()) {
          const before = placed[index - 1]
          expect(group.top).toBe(before === undefined ? 0 : before.top + before.height)
          expect(group.offset).toBe(before === undefined ? 0 : before.offset + before.views.length)
        }
      }),
    )
  })
})

describe('the selected row is brought into view, under the heading', () => {
  it.each([
    ['it is in view', 500, 300, 600, 300],
    ['it is above', 100, 300, 600, 100 - headingHeight],
    ['it hides under the heading', 320, 300, 600, 320 - headingHeight],
    ['it is below', 1_000, 300, 600, 1_000 + rowHeight - 600],
    ['it is the first', headingHeight, 300, 600, 0],
  ])('%s', (_name, rowTop, scrolled, height, top) => {
    expect(scrollTopFor(rowTop, scrolled, height)).toBe(top)
  })
})
