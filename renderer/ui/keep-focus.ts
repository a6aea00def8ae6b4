// Owns that the keyboard is never nowhere: what had the focus may go away by itself (a session ends, a note has done its work),
// and then the list of profiles takes it. An open dialog or menu sees to its own.

const overlays = '[role="dialog"], [role="menu"]'
const home = 'nav [role="listbox"]'

const isGone = (element: Element): boolean => !element.isConnected || element.matches(':disabled')

/** A browser takes the focus from what is switched off, but only when it paints next. */
const isNowhere = (): boolean => {
  const { activeElement, body } = document
  return activeElement === null || activeElement === body || isGone(activeElement)
}

/** Watches from now on; the answer stops it. */
export const keepFocus = (): (() => void) => {
  let last: Element | undefined
  const follow = ({ target }: FocusEvent): void => {
    last = target instanceof Element ? target : undefined
  }
  const observer = new MutationObserver(() => {
    if (last === undefined || !isGone(last) || document.querySelector(overlays) !== null) return
    last = undefined
    if (isNowhere()) document.querySelector<HTMLElement>(home)?.focus({ preventScroll: true })
  })
  document.addEventListener('focusin', follow)
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  })
  return () => {
    document.removeEventListener('focusin', follow)
    observer.disconnect()
  }
}
