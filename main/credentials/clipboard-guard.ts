// Owns that what Sesame puts on the clipboard does not stay there. Pure logic over a clipboard and a clock that are handed in.
import { createHmac, randomBytes } from 'node:crypto'
import PQueue from 'p-queue'
import type { Clock } from '../sessions/ports.ts'

export interface Clipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
}

export interface ClipboardGuardView {
  /** Epoch milliseconds; absent when nothing of ours is there to be cleared. */
  readonly clearsAt?: number
  /** What was copied, as a person would say it. */
  readonly what?: string
}

export interface ClipboardGuard {
  readonly view: ClipboardGuardView
  /** Puts the text on the clipboard; the time until it is cleared starts anew. */
  copy(text: string, what: string): Promise<void>
  /** Clears now, also on quitting, if the clipboard still holds what we put there. */
  clear(): Promise<void>
  onChange(listener: (view: ClipboardGuardView) => void): () => void
}

export interface ClipboardGuardOptions {
  readonly clipboard: Clipboard
  readonly clock: Clock
  readonly clearAfterMs?: number
}

const defaultClearAfterMs = 45_000
/** Another program can hold the clipboard for a moment (Windows); asked again this often, this far apart. */
const attempts = 5
const retryMs = 1_000

export const createClipboardGuard = ({
  clipboard,
  clock,
  clearAfterMs = defaultClearAfterMs,
}: ClipboardGuardOptions): ClipboardGuard => {
  const queue = new PQueue({ concurrency: 1 })
  const listeners = new Set<(view: ClipboardGuardView) => void>()
  // Only a keyed digest of the text is kept. Systems change line ends on the way through the clipboard.
  const key = randomBytes(32)
  const digestOf = (text: string): string =>
    createHmac('sha256', key).update(text.replaceAll('\r\n', '\n')).digest('hex')
  let held: { readonly digest: string; timer: Disposable } | undefined
  let view: ClipboardGuardView = {}

  const show = (next: ClipboardGuardView): void => {
    view = next
    for (const listener of listeners) listener(next)
  }

  const letGo = (): void => {
    held?.timer[Symbol.dispose]()
    held = undefined
    show({})
  }

  const clearNow = async (): Promise<void> => {
    if (held === undefined) return
    if (digestOf(await clipboard.readText()) === held.digest) await clipboard.writeText('')
    letGo()
  }

  /** `digest` is what the timer was set for: a later copy has a timer of its own. */
  const clearWhenDue = (digest: string, attempt: number): void => {
    void queue.add(async () => {
      if (held?.digest !== digest) return
      try {
        await clearNow()
      } catch {
        if (attempt >= attempts) letGo()
        else held.timer = clock.after(retryMs, () => clearWhenDue(digest, attempt + 1))
      }
    })
  }

  return {
    get view() {
      return view
    },
    copy: (text, what) =>
      queue.add(async () => {
        await clipboard.writeText(text)
        held?.timer[Symbol.dispose]()
        const digest = digestOf(text)
        held = { digest, timer: clock.after(clearAfterMs, () => clearWhenDue(digest, 1)) }
        show({ clearsAt: clock.now() + clearAfterMs, what })
      }),
    clear: () => queue.add(clearNow),
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
