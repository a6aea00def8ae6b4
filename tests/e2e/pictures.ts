// Owns pictures of what a test has on the screen, light and dark: test-results/e2e/pictures/<name>-light.png. They are looked at by
// people; no test compares them.
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { appFolder, expect } from './fixtures.ts'
import type { SesameWindow } from './sesame-window.ts'

const picturesFolder = join(appFolder, 'test-results/e2e/pictures')

const themes = ['light', 'dark'] as const

/** The window as it is, in both themes; the system's is shown again afterwards. */
export const takePictures = async (sesame: SesameWindow, name: string): Promise<void> => {
  await sesame.page.emulateMedia({ reducedMotion: 'reduce' })
  for (const theme of themes) {
    await sesame.request('app.setTheme', theme)
    await expect(sesame.page.locator('html')).toHaveAttribute('data-theme', theme)
    await sesame.page.screenshot({
      path: join(picturesFolder, `${name}-${theme}.png`),
      animations: 'disabled',
    })
  }
  await sesame.request('app.setTheme', 'system')
}

/** A page of the person's own browser, as it looks where the system is light and where it is dark. */
export const takePagePictures = async (page: Page, name: string): Promise<void> => {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    await page.screenshot({ path: join(picturesFolder, `${name}-${theme}.png`) })
  }
}
