/** What happens in the browser as a whole and concerns windows: navigation, pop-ups, a window that a person closes. */
import { quit } from '../app/lifecycle.ts'
import type { Browser } from '../chromium/browser.ts'
import type { NavigationGuard } from '../web/interception.ts'
import { BrowserWindow } from './browser-window.ts'
import { browserStarted, pagesByTarget } from './registry.ts'

/** Tabs that Chromium makes for links with target=_blank. The opener was told; the tab never gets its document. */
const popups = new Set<string>()

export const mayNavigate: NavigationGuard = ({ frameId, url, loaderId, isRedirect }) => {
  if (popups.has(frameId)) return false
  // Sub-frames have no entry: they are not the app's windows.
  return pagesByTarget.get(frameId)?.hostMayNavigate(url, loaderId, isRedirect) ?? true
}

export async function watchTargets(browser: Browser): Promise<void> {
  const { root } = browser
  root.on('Target.targetCreated', ({ targetInfo: { type, openerId, targetId } }) => {
    if (type !== 'page' || openerId === undefined || !pagesByTarget.has(openerId)) return
    popups.add(targetId)
    root.send('Target.closeTarget', { targetId }).catch(() => {
      // it is gone already
    })
  })
  root.on('Target.targetDestroyed', ({ targetId }) => {
    const window = BrowserWindow.fromWebContents(pagesByTarget.get(targetId))
    if (window === null) return
    window.hostLose()
    window.close()
    // The app wants to keep it, for a tray that is not there.
    if (!window.isDestroyed()) quit()
  })
  await root.send('Target.setDiscoverTargets', { discover: true })
  browserStarted(browser)
}
