// Owns the keys that work anywhere in the window.
import { type RefObject, useEffect, useEffectEvent } from 'react'
import { hasMainModifier } from '../../format/shortcut.ts'
import {
  copyCredentials,
  currentDialog,
  liveSession,
  openDialog,
  useApp,
  useSelected,
} from '../../state/index.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const hasSelectedText = (): boolean => (window.getSelection()?.toString() ?? '') !== ''

/** `/` to search, Ctrl or Cmd with K for the palette, with C for the selected profile's credentials. */
export const useShortcuts = (searchRef: RefObject<HTMLInputElement | null>): void => {
  const platform = useApp((state) => state.platform)
  const selected = useSelected()

  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    const withMain = hasMainModifier(platform, event)
    const key = event.key.toLowerCase()
    if (withMain && key === 'k') {
      if (currentDialog() === null) openDialog({ kind: 'palette' })
    } else if (currentDialog() !== null || isTyping(event.target)) {
      return
    } else if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      searchRef.current?.focus()
      searchRef.current?.select()
    } else if (withMain && key === 'c' && !hasSelectedText() && selected !== undefined) {
      if (liveSession(selected.session) === undefined) return
      void copyCredentials(selected)
    } else {
      return
    }
    event.preventDefault()
  })

  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
