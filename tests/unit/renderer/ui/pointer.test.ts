// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { oncePointerRests } from '../../../../renderer/ui/index.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const pointer = (name: string): boolean => document.body.dispatchEvent(new Event(name, { bubbles: true }))

it('happens at once while nothing is pressed', () => {
  const act = vi.fn<() => void>()
  oncePointerRests(act)
  expect(act).toHaveBeenCalledTimes(1)
})

it.each(['pointerup', 'pointercancel'])('waits for %s, and for the click that follows', (end) => {
  const heard: string[] = []
  pointer('pointerdown')
  oncePointerRests(() => heard.push('act'))
  expect(heard).toEqual([])
  pointer(end)
  heard.push('click')
  vi.runAllTimers()
  expect(heard).toEqual(['click', 'act'])
})

it('happens once, however often the pointer is pressed afterwards', () => {
  const act = vi.fn<() => void>()
  pointer('pointerdown')
  oncePointerRests(act)
  for (const name of ['pointerup', 'pointerdown', 'pointerup']) pointer(name)
  vi.runAllTimers()
  expect(act).toHaveBeenCalledTimes(1)
})
