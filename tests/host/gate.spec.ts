/** The compile gate, as part of the suite: what the apps use of Electron, the stand-in has. */
import { expect, test } from 'playwright/test'
import { findUncovered } from './gate.ts'

test('everything that the app and the demo use of Electron is covered', () => {
  expect(findUncovered()).toBe('')
})
