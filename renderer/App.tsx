// Owns the window: its theme, its keys, sidebar, pane, status bar, and the one dialog that may be open.
import { useDeferredValue, useEffect, useRef } from 'react'
import { Dialogs } from './Dialogs.tsx'
import { ProfilePane } from './features/session/ProfilePane.tsx'
import { FirstRun, LoadFailed, Loading } from './features/shell/Blank.tsx'
import { ErrorBoundary } from './features/shell/ErrorBoundary.tsx'
import { Notices } from './features/shell/Notices.tsx'
import styles from './features/shell/Shell.module.css'
import { Sidebar } from './features/shell/Sidebar.tsx'
import { StatusBar } from './features/shell/StatusBar.tsx'
import { Toast } from './features/shell/Toast.tsx'
import { useShortcuts } from './features/shell/use-shortcuts.ts'
import { useApp, useSelected } from './state/index.ts'
import { keepFocus, TooltipProvider } from './ui/index.ts'

/** Puts the theme on the root element, where tokens.css looks for it; before main has answered the system decides. */
const useTheme = (): void => {
  const ready = useApp((state) => state.load.kind === 'ready')
  const dark = useApp((state) => state.appearance.dark)
  useEffect(() => {
    if (ready) document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }, [ready, dark])
}

const Pane = () => {
  const load = useApp((state) => state.load)
  // The list answers a held arrow key first; the pane follows when there is time.
  const selected = useDeferredValue(useSelected())
  if (load.kind === 'loading') return <Loading />
  if (load.kind === 'failed') return <LoadFailed failure={load.failure} />
  return selected === undefined ? <FirstRun /> : <ProfilePane view={selected} />
}

export const App = () => {
  useTheme()
  const searchRef = useRef<HTMLInputElement>(null)
  useShortcuts(searchRef)
  useEffect(keepFocus, [])
  return (
    <TooltipProvider>
      <ErrorBoundary>
        <div className={styles.shell}>
          <Sidebar searchRef={searchRef} />
          <main className={styles.main}>
            <Notices />
            <ErrorBoundary>
              <Pane />
            </ErrorBoundary>
          </main>
          <StatusBar />
        </div>
        <Toast />
        <Dialogs />
      </ErrorBoundary>
    </TooltipProvider>
  )
}
