// Owns starting a Chromium that is no window of ours: a person's own browser, or one that draws a picture. On none of them is looked.
import { type Browser, chromium } from 'playwright'
import { findChromium } from './host/src/chromium/find.ts'

/** Throws, with what to install, where this machine has none. */
export const launchBrowser = async (): Promise<Browser> => {
  const found = findChromium(false)
  if (found.kind === 'missing') throw new Error(found.message)
  // Chromium refuses its sandbox to root.
  return chromium.launch({ executablePath: found.path, chromiumSandbox: process.getuid?.() !== 0 })
}
