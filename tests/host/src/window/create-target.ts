/** How a window comes to be: headless, a new target; visible, an app-like window that only Chromium itself can open. */
import { randomUUID } from 'node:crypto'
import type { Browser } from '../chromium/browser.ts'
import { toShown } from '../web/app-scheme.ts'
import { BLANK_PATH } from '../web/interception.ts'

/** How long Chromium may take to show a window, in milliseconds. */
const WINDOW_TIMEOUT_MS = 20_000

export async function createHiddenTarget(
  browser: Browser,
  { width, height }: Electron.Size,
): Promise<string> {
  const options = { url: 'about:blank', newWindow: true, width, height }
  return (await browser.root.send('Target.createTarget', options)).targetId
}

/**
 * The window opens with an empty document of the origin it is for: an app-like window that leaves its first origin gets
 * an address bar.
 *
 * @param url the first real address
 */
export async function createAppWindow(browser: Browser, url: string, size: Electron.Size): Promise<string> {
  const shown = toShown(url)
  if (!/^https?:/.test(shown)) return await createHiddenTarget(browser, size)
  const blank = new URL(`${BLANK_PATH}/${randomUUID()}`, shown).href
  const target = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Chromium did not open a window')), WINDOW_TIMEOUT_MS)
    browser.root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.url !== blank) return
      clearTimeout(timer)
      resolve(targetInfo.targetId)
    })
  })
  browser.openAppWindow(blank)
  return await target
}
