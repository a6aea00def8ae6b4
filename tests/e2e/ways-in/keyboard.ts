// Owns how a person without a mouse goes through a dialog: everything is reached by Tab, by its name, and shows the focus.
import type { Page } from 'playwright/test'
import { focusIsOn, press, tabTo } from '../focus.ts'

/** What a control is: a field by its label, a button by its text; a radio button's label goes on with its hint. */
export type Control = `listbox ${string}` | `input ${string}` | `button ${string}` | `radio ${string}`

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const meant = (control: Control): RegExp =>
  new RegExp(`^${escaped(control)}${control.startsWith('radio ') ? '' : '$'}`)

export class Keyboard {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** The focus is on it now, and shows. */
  isOn(control: Control): Promise<void> {
    return focusIsOn(this.page, meant(control))
  }

  /** Goes there by Tab. Throws where that does not lead there, or where the focus does not show on the way. */
  tabTo(control: Control): Promise<void> {
    return tabTo(this.page, meant(control))
  }

  /** Goes back there by Shift+Tab. */
  backTo(control: Control): Promise<void> {
    return tabTo(this.page, meant(control), 'Shift+Tab')
  }

  /** Types where the focus is. */
  type(text: string): Promise<void> {
    return this.page.keyboard.type(text)
  }

  /** Goes to a field and types over what is in it. */
  async typeInto(label: string, text: string): Promise<void> {
    await this.tabTo(`input ${label}`)
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.type(text)
  }

  /** What Enter leads to is for the test to wait for. */
  enter(): Promise<void> {
    return this.page.keyboard.press('Enter')
  }

  async press(name: string): Promise<void> {
    await this.tabTo(`button ${name}`)
    await this.page.keyboard.press('Space')
  }

  /** Goes to a group of radio buttons, and down to one of them. */
  async choose(label: string): Promise<void> {
    const chosen = this.page.getByRole('dialog').locator('label:has(:checked)')
    const text = async (): Promise<string> => (await chosen.textContent()) ?? ''
    await this.tabTo(`radio ${await text()}`)
    while (!(await text()).startsWith(label)) await press(this.page, 'ArrowDown')
    await this.isOn(`radio ${label}`)
  }
}
