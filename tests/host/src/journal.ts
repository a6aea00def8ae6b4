/** What the app asked of the operating system and the stand-in only wrote down. Tests read it as `__standin.journal`. */

export interface JournalEntry {
  /** The call, as `module.member`: `shell.openExternal`. */
  readonly what: string
  readonly args: readonly unknown[]
}

export const journal: JournalEntry[] = []

export function note(what: string, ...args: unknown[]): void {
  journal.push({ what, args })
}
