/** A page wants a new window: the app's window-open handler decides, and without one it gets it, as in Electron. */

import type { WebContents } from './web-contents.ts'
import { createWindow } from './window-factory.ts'

export function openFromPage(opener: WebContents, url: string, frameName: string, features: string): void {
  const handler = opener.hostWindowOpenHandler()
  const response = handler?.({
    url,
    frameName,
    features,
    disposition: features === '' ? 'foreground-tab' : 'new-window',
    referrer: { url: opener.getURL(), policy: 'strict-origin-when-cross-origin' },
  }) ?? { action: 'allow' as const }
  if (response.action === 'deny') return
  const window = createWindow(response.overrideBrowserWindowOptions ?? {})
  window.loadURL(url).catch((error: unknown) => console.error('stand-in:', error))
  opener.emit('did-create-window', window, { url, frameName })
}
