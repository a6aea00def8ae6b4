// Owns where something goes that opens beside something else (a menu, a hint), inside the window. Pure arithmetic, in pixels.

export type Side = 'top' | 'bottom' | 'left' | 'right'
export type Align = 'start' | 'center' | 'end'

/** As of `getBoundingClientRect`. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Wish {
  readonly side: Side
  readonly align: Align
  /** Between the two. */
  readonly gap: number
  /** To the edges of the window. */
  readonly padding: number
}

export interface Place {
  readonly left: number
  readonly top: number
  readonly side: Side
  /** What there is room for; taller content scrolls. */
  readonly maxHeight: number
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Before or after the anchor: where wished if it fits there or nowhere, else on the other side. */
const beside = (anchor: Span, size: number, room: Span, gap: number, wantsAfter: boolean) => {
  const after = room.end - anchor.end - gap
  const before = anchor.start - gap - room.start
  const [wished, other] = wantsAfter ? [after, before] : [before, after]
  const stays = wished >= size || wished >= other
  const isAfter = stays === wantsAfter
  const space = Math.max(0, stays ? wished : other)
  return { start: isAfter ? anchor.end + gap : anchor.start - gap - Math.min(size, space), isAfter, space }
}

/** Along the anchor, pushed back into the room where it would stick out. */
const along = (anchor: Span, size: number, room: Span, align: Align): number => {
  const wished = {
    start: anchor.start,
    center: (anchor.start + anchor.end - size) / 2,
    end: anchor.end - size,
  }[align]
  return Math.max(room.start, Math.min(wished, room.end - size))
}

/** The place for a box of this size, beside the anchor and inside the window. */
export const place = (
  anchor: Box,
  { width, height }: Pick<Box, 'width' | 'height'>,
  viewport: Pick<Box, 'width' | 'height'>,
  { side, align, gap, padding }: Wish,
): Place => {
  const across: Span = { start: anchor.left, end: anchor.left + anchor.width }
  const down: Span = { start: anchor.top, end: anchor.top + anchor.height }
  const roomAcross: Span = { start: padding, end: viewport.width - padding }
  const roomDown: Span = { start: padding, end: viewport.height - padding }
  if (side === 'top' || side === 'bottom') {
    const { start, isAfter, space } = beside(down, height, roomDown, gap, side === 'bottom')
    const left = along(across, width, roomAcross, align)
    return { left, top: start, side: isAfter ? 'bottom' : 'top', maxHeight: space }
  }
  const { start, isAfter } = beside(across, width, roomAcross, gap, side === 'right')
  const top = along(down, height, roomDown, align)
  return { left: start, top, side: isAfter ? 'right' : 'left', maxHeight: roomDown.end - roomDown.start }
}
