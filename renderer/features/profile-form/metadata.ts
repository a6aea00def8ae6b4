// Owns client metadata as the form holds it: rows of name and value, in one text like every other value of the form. Pure.

export interface MetadataRow {
  readonly name: string
  readonly value: string
}

const isRow = (row: unknown): row is MetadataRow =>
  typeof row === 'object' && row !== null && 'name' in row && 'value' in row

/** The rows of the form's text; only this module writes that text. */
export const readRows = (text: string): readonly MetadataRow[] => {
  const rows: unknown = text === '' ? [] : JSON.parse(text)
  return Array.isArray(rows) ? rows.filter(isRow) : []
}

export const writeRows = (rows: readonly MetadataRow[]): string =>
  rows.length === 0 ? '' : JSON.stringify(rows)

export const rowsOf = (metadata: Readonly<Record<string, string>> | undefined): string =>
  writeRows(Object.entries(metadata ?? {}).map(([name, value]) => ({ name, value })))

/** What main is sent: nothing for rows left blank, a nameless value as it is, so that main refuses it. */
export const metadataOf = (text: string): Record<string, string> | undefined => {
  const entries = readRows(text).flatMap(({ name, value }) =>
    name.trim() === '' && value === '' ? [] : [[name.trim(), value] as const],
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
