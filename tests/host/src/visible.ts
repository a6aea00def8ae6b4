/**
 * Whether a person looks at this stand-in (`npm start` on a machine without Electron) or a test does.
 * The one switch between the two; what each part does with it is the part's own business.
 */

export const isVisible = process.env['STANDIN_VISIBLE'] === '1'

const TITLE_NOTICE = ' — development stand-in, not Electron'

/** Nobody may mistake the stand-in for the app: its window says what it is. */
export const titleNotice = isVisible ? TITLE_NOTICE : ''

/** Says on the terminal what a real Electron would have shown on the screen. Silent in tests, which read the journal. */
export function tellPerson(line: string): void {
  if (isVisible) process.stderr.write(`stand-in: ${line}\n`)
}
