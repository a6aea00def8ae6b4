// Owns the notices at the top of the window: what went wrong outside any one request and still matters.
import type { Notice } from '../../preload/views.ts'

export interface NoticeBoard {
  list(): Notice[]
  /** Adds the notice, or replaces the one with its id. */
  put(notice: Notice): void
  /** Takes it away; nothing happens when it is gone already. */
  dismiss(id: string): void
  /** Tells of every change. Answers the unsubscriber. */
  onChange(listener: (notices: Notice[]) => void): () => void
}

export const createNoticeBoard = (): NoticeBoard => {
  const notices = new Map<string, Notice>()
  const listeners = new Set<(notices: Notice[]) => void>()
  const list = (): Notice[] => [...notices.values()]
  const tell = (): void => {
    for (const listener of listeners) listener(list())
  }
  return {
    list,
    put(notice) {
      notices.set(notice.id, notice)
      tell()
    },
    dismiss(id) {
      if (notices.delete(id)) tell()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
