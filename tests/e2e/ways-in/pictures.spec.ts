// Runs after every other spec of this folder: see playwright.config.ts.
import { statSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { pictureFile, pictures, themes } from './pictures.ts'

test('every kind of step has its picture, light and dark', () => {
  for (const picture of pictures)
    for (const theme of themes)
      expect(statSync(pictureFile(picture, theme)).size, `${picture}, ${theme}`).toBeGreaterThan(5_000)
})
