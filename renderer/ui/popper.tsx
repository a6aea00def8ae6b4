// Stands in for @radix-ui/react-popper, by which Radix puts menus and hints beside what opened them (electron.vite.config.ts).
// The original brings a general positioning library of 8 kB; in a window of our own place.ts is enough. Its parts take the
// original's props, as far as menu, context menu and tooltip pass them.
import { Slot } from 'radix-ui'
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { type Align, type Box, place, type Side } from './place.ts'
import styles from './popper.module.css'

interface Measurable {
  getBoundingClientRect: () => Box
}

/** What is anchored to, and how to say so. */
interface Anchored {
  readonly get: () => Measurable | null
  readonly set: (anchor: Measurable | null) => void
}

const AnchorContext = createContext<Anchored>({ get: () => null, set: () => {} })

const newAnchored = (): Anchored => {
  let anchor: Measurable | null = null
  return {
    get: () => anchor,
    set: (next) => {
      anchor = next
    },
  }
}

/** Radix tells the parts of nested menus apart by scopes; here the nearest `Root` counts. */
export const createPopperScope = () => () => ({})
createPopperScope.scopeName = 'Popper'

/** Around an anchor and what opens beside it. */
export const Root = ({ children }: { children?: ReactNode }) => {
  const [anchored] = useState(newAnchored)
  return <AnchorContext value={anchored}>{children}</AnchorContext>
}

export interface AnchorProps extends ComponentProps<typeof Slot.Root> {
  asChild?: boolean
  /** A place that is no element: where the pointer was. */
  virtualRef?: RefObject<Measurable>
}

/** Its one child is the anchor, or a place is. */
export const Anchor = ({ virtualRef, asChild: _always, ref, ...rest }: AnchorProps) => {
  const { set } = use(AnchorContext)
  const attach = useCallback(
    (element: HTMLElement | null) => {
      set(element)
      if (typeof ref === 'function') ref(element)
      else if (ref) ref.current = element
    },
    [set, ref],
  )
  useLayoutEffect(() => {
    if (virtualRef !== undefined) set(virtualRef.current)
  })
  return virtualRef === undefined ? <Slot.Root ref={attach} {...rest} /> : null
}

export interface ContentProps extends ComponentProps<'div'> {
  side?: Side
  align?: Align
  sideOffset?: number
  collisionPadding?: number
}

/** What opens. It stays beside its anchor while the window, or what scrolls in it, moves. */
export const Content = ({
  side = 'bottom',
  align = 'center',
  sideOffset: gap = 0,
  collisionPadding: padding = 0,
  ...rest
}: ContentProps) => {
  const { get } = use(AnchorContext)
  const frame = useRef<HTMLDivElement>(null)
  // At every render: another text is of another size.
  useLayoutEffect(() => {
    const { current: box } = frame
    const content = box?.firstElementChild
    if (!(box && content instanceof HTMLElement)) return undefined
    const put = (): void => {
      const anchor = get()
      if (anchor === null) return
      // Its own height, not the one it was cut to.
      const height = content.scrollHeight + content.offsetHeight - content.clientHeight
      const { left, top, maxHeight } = place(
        anchor.getBoundingClientRect(),
        { width: box.offsetWidth, height },
        { width: innerWidth, height: innerHeight },
        { side, align, gap, padding },
      )
      box.style.left = `${left}px`
      box.style.top = `${top}px`
      box.style.setProperty('--available-height', `${maxHeight}px`)
    }
    put()
    const watch = new AbortController()
    const { signal } = watch
    addEventListener('resize', put, { signal })
    addEventListener('scroll', put, { signal, capture: true })
    return () => watch.abort()
  })
  return (
    <div ref={frame} className={styles.frame}>
      <div {...rest} />
    </div>
  )
}

/** No part of ours has one. */
export const Arrow = (): null => null
