// Owns that the keyboard is never nowhere: what had the focus may go away by itself (a session ends, a note has done its work),
// and then the list of profiles takes it. An open dialog or menu sees to its own.

const overlays = '[role="dialog"], [role="menu"]'
const home = 'nav [role="listbox"]'

/** Milliseconds in which a dialog or menu that has closed may put the focus back where it was. */
const patienceMs = 100

const isGone = (element: Element): boolean => !element.isConnected || element.matches(':disabled')

/** A browser takes the focus from what is switched off, but only when it paints next. */
const isNowhere = (): boolean => {
  const { activeElement, body } = document
  return activeElement === null || activeElement === body || isGone(activeElement)
}

const goHome = (): void => {
  if (isNowhere() && document.querySelector(overlays) === null)
    document.querySelector<HTMLElement>(home)?.focus({ preventScroll: true })
}

/** Watches from now on; the answer stops it. */
export const keepFocus = (): (() => void) => {
  let last: Element | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const follow = ({ target }: FocusEvent): void => {
    last = target instanceof Element ? target : undefined
  }
  const observer = new MutationObserver(() => {
    if (last === undefined || !isGone(last)) return
    last = undefined
    clearTimeout(timer)
    timer = setTimeout(goHome, patienceMs)
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
    clearTimeout(timer)
  }
}
