// Owns where the keyboard is in the window and whether that shows: what the specs without a mouse go by.
import { expect, type Page } from 'playwright/test'

export interface Focus {
  /** `button Add profile`: what a screen reader says, roughly; empty where nothing has the focus. */
  readonly on: string
  /** Something is drawn around it, or around a part of it. */
  readonly isSeen: boolean
}

export const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return { on: '', isSeen: false }
    const isDrawn = (at: Element): boolean => {
      const { outlineStyle, outlineWidth, boxShadow, opacity } = getComputedStyle(at)
      return opacity !== '0' && ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none')
    }
    const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : []
    const name =
      element.getAttribute('aria-label') ??
      (labels.length > 0 ? labels.map((label) => label.textContent).join(' ') : element.textContent)
    const isRadio = element instanceof HTMLInputElement && element.type === 'radio'
    const role = element.getAttribute('role') ?? (isRadio ? 'radio' : element.tagName.toLowerCase())
    const box = element.getBoundingClientRect()
    const isInView = box.width > 0 && box.bottom > 0 && box.top < innerHeight
    // A field may draw it around its frame; a list or a menu around the chosen entry.
    const around = [element, element.parentElement, element.parentElement?.parentElement]
    const chosen = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
    // The six boxes of a code lie under their input, as its siblings.
    const boxes = element.parentElement?.querySelectorAll('[data-active]') ?? []
    const drawn = [...around, chosen, ...boxes].some((at) => at !== null && at !== undefined && isDrawn(at))
    const isMenuEntry = role.startsWith('menuitem') && element.hasAttribute('data-highlighted')
    return { on: `${role} ${name.trim()}`, isSeen: isInView && (drawn || isMenuEntry) }
  })

/** Presses keys one after the other; after each, something has the focus and it shows. */
export const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) {
    await page.keyboard.press(key)
    await expect.poll(() => focusOf(page), `after ${key}`).toMatchObject({ on: /./, isSeen: true })
  }
}

/** Presses Tab until the focus is on what is meant. */
export const tabTo = async (page: Page, meant: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  const passed: string[] = []
  for (let step = 0; step < 60; step += 1) {
    const { on } = await focusOf(page)
    if (meant.test(on)) return
    passed.push(on)
    await press(page, key)
  }
  throw new Error(`Tab does not reach ${meant}; it went over ${passed.join(' | ')}`)
}

export const focusIsOn = (page: Page, meant: RegExp): Promise<void> =>
  expect.poll(() => focusOf(page)).toEqual({ on: expect.stringMatching(meant), isSeen: true })
