// Owns whether the pointer is pressed: what is under it has to stay there until it is released, or the click is lost.

let isPressed = false

if (typeof document !== 'undefined') {
  const release = (): void => {
    isPressed = false
  }
  document.addEventListener('pointerdown', () => (isPressed = true), { capture: true })
  document.addEventListener('pointerup', release, { capture: true })
  document.addEventListener('pointercancel', release, { capture: true })
}

/** Now, or once the pointer is released and the click it makes has been heard. */
export const oncePointerRests = (act: () => void): void => {
  if (!isPressed) {
    act()
    return
  }
  const watch = new AbortController()
  const after = (): void => {
    watch.abort()
    setTimeout(act)
  }
  document.addEventListener('pointerup', after, { signal: watch.signal })
  document.addEventListener('pointercancel', after, { signal: watch.signal })
}
