// Owns mounting the renderer's components in jsdom: a fresh window state, a fake bridge at window.sesame, the parts of a
// browser that jsdom lacks. Tests that use it start with `// @vitest-environment jsdom`.
import { act, cleanup, configure, render, screen } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { afterEach } from 'vitest'
import type { AppView } from '../../../preload/views.ts'
import { App } from '../../../renderer/App.tsx'
import { initialState } from '../../../renderer/state/app-state.ts'
import { appStore, closeDialog, connect, dismissToast } from '../../../renderer/state/index.ts'
import { TooltipProvider } from '../../../renderer/ui/index.ts'
import { type FakeBridge, fakeBridge } from './fake-bridge.ts'

// A busy machine is no reason to fail.
configure({ asyncUtilTimeout: 5_000 })

/** jsdom lays nothing out, so nothing ever changes its size. */
class StillObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = StillObserver
Element.prototype.scrollIntoView = () => {}
// user-event looks for radio buttons of one name with it; React's ids need no escaping.
Object.assign(globalThis, { CSS: { escape: (text: string) => text } })
Element.prototype.hasPointerCapture = () => false

let disconnect = (): void => {}

afterEach(() => {
  cleanup()
  disconnect()
  closeDialog()
  dismissToast()
  localStorage.clear()
  appStore.set(() => initialState)
})

export interface Mounted {
  readonly bridge: FakeBridge
  readonly user: UserEvent
}

/** Sets a bridge up and loads the window's state, without mounting anything. */
export const connected = async (
  view: Partial<AppView> = {},
  prepare: (bridge: FakeBridge) => void = () => {},
): Promise<FakeBridge> => {
  const bridge = fakeBridge(view)
  prepare(bridge)
  bridge.install()
  await act(async () => {
    disconnect = connect(bridge)
    await Promise.resolve()
  })
  return bridge
}

/** One component, with the window's state loaded. */
export const mount = async (
  element: ReactElement,
  view: Partial<AppView> = {},
  prepare?: (bridge: FakeBridge) => void,
): Promise<Mounted> => {
  const bridge = await connected(view, prepare)
  render(<TooltipProvider>{element}</TooltipProvider>)
  return { bridge, user: userEvent.setup() }
}

/** The whole window. */
export const mountApp = async (
  view: Partial<AppView> = {},
  prepare?: (bridge: FakeBridge) => void,
): Promise<Mounted> => {
  const bridge = await connected(view, prepare)
  render(<App />)
  await screen.findByRole('navigation', { name: 'Profiles' })
  return { bridge, user: userEvent.setup() }
}
