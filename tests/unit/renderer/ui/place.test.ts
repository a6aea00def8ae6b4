import { describe, expect, test } from 'vitest'
import { type Box, place, type Wish } from '../../../../renderer/ui/place.ts'

const window = { width: 1_000, height: 600 }
const wish: Wish = { side: 'bottom', align: 'start', gap: 5, padding: 8 }
const menu = { width: 200, height: 300 }
const button = (left: number, top: number): Box => ({ left, top, width: 100, height: 30 })

test.each([
  ['bottom', 'start', { left: 400, top: 135, side: 'bottom' }],
  ['bottom', 'center', { left: 350, top: 135, side: 'bottom' }],
  ['bottom', 'end', { left: 300, top: 135, side: 'bottom' }],
  ['right', 'start', { left: 505, top: 100, side: 'right' }],
  ['left', 'start', { left: 195, top: 100, side: 'left' }],
] as const)('%s %s, where there is room', (side, align, expected) => {
  expect(place(button(400, 100), menu, window, { ...wish, side, align })).toMatchObject(expected)
})

describe('without room', () => {
  test.each([
    ['below, it opens above', 'bottom', button(400, 500), { top: 195, side: 'top' }],
    ['above, it opens below', 'top', button(400, 100), { top: 135, side: 'bottom' }],
    ['to the right, it opens to the left', 'right', button(850, 100), { left: 645, side: 'left' }],
    ['to the left, it opens to the right', 'left', button(50, 100), { left: 155, side: 'right' }],
    ['along the right edge, it is pushed in', 'bottom', button(890, 100), { left: 792 }],
    ['along the left edge, it is pushed in', 'bottom', button(-40, 100), { left: 8 }],
    ['along the bottom edge, it is pushed up', 'right', button(400, 550), { top: 292 }],
  ] as const)('%s', (_what, side, anchor, expected) => {
    expect(place(anchor, menu, window, { ...wish, side })).toMatchObject(expected)
  })
})

test('what fits on neither side opens where there is more room, as high as that is', () => {
  const tall = { width: 200, height: 2_000 }
  expect(place(button(400, 100), tall, window, wish)).toMatchObject({ top: 135, maxHeight: 457 })
  expect(place(button(400, 400), tall, window, wish)).toMatchObject({ top: 8, maxHeight: 387, side: 'top' })
  expect(place(button(400, 100), tall, window, { ...wish, side: 'right' })).toMatchObject({
    top: 8,
    maxHeight: 584,
  })
})

test('what is wider than the window starts at its left edge', () => {
  expect(place(button(400, 100), { width: 2_000, height: 50 }, window, wish).left).toBe(8)
})
