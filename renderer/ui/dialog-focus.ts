// Owns where the keyboard goes when a dialog opens and closes. Radix returns it to a trigger; our dialogs have none, since
// they are opened from menus, keys, the palette and the tray.
import type { Dialog } from 'radix-ui'
import type { ComponentProps } from 'react'
import { firstField } from './focus.ts'

const overlays = '[role="dialog"], [role="menu"]'

const list = 'nav [role="listbox"]'

/** Radix's empty stops around a dialog or menu, which go with it: nobody meant to be there. */
const guards = '[data-radix-focus-guard]'

/** What had the focus last outside every dialog and menu. */
let behind: HTMLElement | undefined

if (typeof document !== 'undefined')
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.closest(`${overlays}, ${guards}`) === null) behind = target
  })

/** For Radix's dialog content. Where nothing is found to start with, Radix takes the first button. */
export const dialogFocus: Pick<
  ComponentProps<typeof Dialog.Content>,
  'onOpenAutoFocus' | 'onCloseAutoFocus'
> = {
  onOpenAutoFocus: (event) => {
    const target = event.currentTarget instanceof Element ? firstField(event.currentTarget) : undefined
    if (target === undefined) return
    event.preventDefault()
    target.focus()
  },
  onCloseAutoFocus: (event) => {
    event.preventDefault()
    // One dialog may have opened another: that one keeps the focus.
    if (document.querySelector(overlays) !== null) return
    // What opened it may be gone with what it did ("Sign in", a removed profile): the list always stands.
    const target = behind?.isConnected === true ? behind : document.querySelector<HTMLElement>(list)
    target?.focus()
  },
}
