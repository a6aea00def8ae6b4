// Owns the order of due times: a binary heap whose items know their place, so that one can be moved or taken out.

export interface DueItem {
  dueAt: number
  /** Place in the heap; -1 when not in it. Written by the queue alone. */
  place: number
}

export interface DueQueue<T extends DueItem> {
  readonly size: number
  first(): T | undefined
  /** Puts the item in, or to its new place after `dueAt` changed. */
  put(item: T): void
  /** Nothing happens when it is not in the queue. */
  take(item: T): void
  /** Moves every due time by the same amount, which keeps their order. */
  shift(byMs: number): void
}

export const createDueQueue = <T extends DueItem>(): DueQueue<T> => {
  const heap: T[] = []

  const set = (item: T, place: number): void => {
    heap[place] = item
    item.place = place
  }

  const rise = (item: T): void => {
    let place = item.place
    while (place > 0) {
      const parentPlace = (place - 1) >> 1
      const parent = heap[parentPlace]
      if (parent === undefined || parent.dueAt <= item.dueAt) break
      set(parent, place)
      place = parentPlace
    }
    set(item, place)
  }

  const sink = (item: T): void => {
    let place = item.place
    for (;;) {
      const left = heap[place * 2 + 1]
      const right = heap[place * 2 + 2]
      if (left === undefined) break
      const child = right !== undefined && right.dueAt < left.dueAt ? right : left
      if (child.dueAt >= item.dueAt) break
      const childPlace = child.place
      set(child, place)
      place = childPlace
    }
    set(item, place)
  }

  return {
    get size() {
      return heap.length
    },
    first: () => heap[0],
    put(item) {
      if (item.place < 0) set(item, heap.length)
      rise(item)
      sink(item)
    },
    take(item) {
      if (item.place < 0) return
      const last = heap.pop()
      const hole = item.place
      item.place = -1
      if (last === undefined || last === item) return
      set(last, hole)
      rise(last)
      sink(last)
    },
    shift(byMs) {
      for (const item of heap) item.dueAt += byMs
    },
  }
}
