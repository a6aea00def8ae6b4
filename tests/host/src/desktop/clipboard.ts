/**
 * `clipboard`, text only: in the memory of this process, so that tests neither see nor touch a real one; in visible
 * mode the person's own as well. What a person copies inside the page is Chromium's and does not show here.
 */
import { loud } from '../loud.ts'
import { isVisible } from '../visible.ts'
import { findSystemClipboard } from './system-clipboard.ts'

let text = ''
const system = isVisible ? findSystemClipboard() : undefined

async function readText(): Promise<string> {
  return (await system?.read()) ?? text
}

export const clipboard = loud('clipboard', {
  async writeText(value) {
    text = value
    await system?.write(text)
  },
  readText,
  clear() {
    text = ''
    void system?.write('')
  },
  async has(mimeType) {
    return mimeType === 'text/plain' && (await readText()) !== ''
  },
} satisfies Partial<Electron.Clipboard>)
