// Owns mounting a part of the window in a component test: the store connected to a fake bridge, the app around it.
import { act, cleanup, render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { appStore, closeDialog, connect, dismissToast } from '../../../renderer/state/index.ts'
import { TooltipProvider } from '../../../renderer/ui/index.ts'
import type { FakeBridge } from './fake-bridge.ts'

export interface Mounted {
  readonly user: UserEvent
}

// jsdom has no layout: what only reads or moves it does nothing here.
Element.prototype.scrollIntoView ??= () => {}
Element.prototype.hasPointerCapture ??= () => false
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** Connects the store to the bridge, waits for its first load, mounts, and takes all of it down after the test. */
export const mount = async (bridge: FakeBridge, element: ReactNode): Promise<Mounted> => {
  const user = userEvent.setup()
  bridge.install()
  const disconnect = connect(bridge)
  await act(async () => {})
  if (appStore.get().load.kind !== 'ready') throw new Error('the fake bridge did not answer app.load')
  render(<TooltipProvider>{element}</TooltipProvider>)
  await act(async () => {})
  onTestFinished(() => {
    cleanup()
    disconnect()
    closeDialog()
    dismissToast()
  })
  return { user }
}
