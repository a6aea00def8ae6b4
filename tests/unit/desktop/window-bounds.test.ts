import { describe, expect, it } from 'vitest'
import { fitBounds } from '../../../main/desktop/window-bounds.ts'

const screen = { x: 0, y: 25, width: 1920, height: 1055 }
const right = { x: 1920, y: 0, width: 1280, height: 1024 }
const left = { x: -1280, y: 0, width: 1280, height: 1024 }
const standard = { width: 1180, height: 760 }
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height })

describe('the window opens', () => {
  it.each([
    ['at its first size', undefined, [screen], standard],
    ['where it was', at(100, 100), [screen], at(100, 100)],
    ['where it was on the second screen', at(2000, 50), [screen, right], at(2000, 50)],
    ['where it was left of the first screen', at(-1200, 50), [screen, left], at(-1200, 50)],
    ['where it was, partly off the screen', at(1800, 100), [screen], at(1800, 100)],
    ['in the middle when its screen is gone', at(2000, 50), [screen], standard],
    ['in the middle when too little would show', at(1850, 100), [screen], standard],
    ['in the middle when its title bar would be above the screen', at(100, -50), [screen], standard],
    ['no larger than the screen', at(0, 25, 4000, 3000), [screen], at(0, 25, 1920, 1055)],
    ['no smaller than it can be used', at(0, 25, 10, 10), [screen], standard],
    ['at its least size', at(0, 25, 300, 300), [screen], at(0, 25, 880, 560)],
    ['in the middle when no screen is known', at(0, 25), [], standard],
  ])('%s', (_name, saved, areas, expected) => {
    expect(fitBounds(saved, areas)).toEqual(expected)
  })
})
