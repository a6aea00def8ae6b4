// Owns which rows of the list exist: those in view and a few around them. Row heights are fixed, so it is arithmetic; a
// library for it would be 10 of the window's 150 kB. Pure but for the hook at the end.
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Group } from './listing.ts'

/** Pixels, as in ProfileList.module.css. */
export const headingHeight = 32
export const rowHeight = 50

/** Rows kept on either side of what is in view, so that a step of the wheel finds them there. */
const spareRows = 8
/** The view is looked at in steps: between them no scrolling renders anything. */
const stepPixels = (rowHeight * spareRows) / 2

export interface Viewport {
  /** Pixels scrolled away, rounded down to a step. */
  readonly top: number
  readonly height: number
}

/** Before the first measurement: enough for the first paint. */
export const assumedViewport: Viewport = { top: 0, height: 700 }

export interface PlacedGroup extends Group {
  /** Pixels from the top of the list. */
  readonly top: number
  readonly height: number
  /** Place of its first profile among all shown, from 0. */
  readonly offset: number
}

/** Every group with its place. */
export const placeGroups = (groups: readonly Group[]): readonly PlacedGroup[] => {
  let top = 0
  let offset = 0
  return groups.map((group) => {
    const placed = { ...group, top, offset, height: headingHeight + rowHeight * group.views.length }
    top += placed.height
    offset += group.views.length
    return placed
  })
}

/** The rows of a group that should exist: from the first index up to, not including, the second. */
export const rowsInView = (
  { top, views }: Pick<PlacedGroup, 'top' | 'views'>,
  viewport: Viewport,
): readonly [number, number] => {
  const firstRow = top + headingHeight
  const from = Math.floor((viewport.top - firstRow) / rowHeight) - spareRows
  const to = Math.ceil((viewport.top + viewport.height - firstRow) / rowHeight) + spareRows
  const clamp = (row: number): number => Math.min(Math.max(row, 0), views.length)
  return [clamp(from), clamp(to)]
}

/** Whether a row at this height exists. */
export const hasRowAt = (rowTop: number, { top, height }: Viewport): boolean =>
  rowTop >= top - spareRows * rowHeight && rowTop <= top + height + (spareRows - 1) * rowHeight

/** How far to scroll so that a row is whole in view, under the heading that stays; as it is, if it is already. */
export const scrollTopFor = (rowTop: number, scrolled: number, height: number): number => {
  if (rowTop - headingHeight < scrolled) return rowTop - headingHeight
  return Math.max(scrolled, rowTop + rowHeight - height)
}

/** What is in view of the scroller; renders again per step scrolled and per change of size. */
export const useViewport = (scroller: RefObject<HTMLElement | null>): Viewport => {
  const [viewport, setViewport] = useState(assumedViewport)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const look = (): void => {
      const top = Math.floor(element.scrollTop / stepPixels) * stepPixels
      const height = element.clientHeight === 0 ? assumedViewport.height : element.clientHeight
      setViewport((known) => (known.top === top && known.height === height ? known : { top, height }))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller])
  return viewport
}
