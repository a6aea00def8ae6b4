// Owns where sections and settings begin and end in AWS's shared files, as botocore (Python's configparser) and the SDK for
// JavaScript read them. Pure; knows nothing of Sesame's own sections. Text is one character per byte, so that bytes survive.

/** Lines with their ends, so that joining them gives the text back. */
export const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

export const endOf = (line: string): string => /\r?\n$/.exec(line)?.[0] ?? ''
const bodyOf = (line: string): string => line.slice(0, line.length - endOf(line).length)

/** A byte order mark of UTF-8, seen one character per byte. */
const byteOrderMark = '\u00EF\u00BB\u00BF'

/**
 * What a header may be called: configparser reads up to the last bracket, JavaScript drops a comment first; spaces and quotes
 * around the parts of `profile "name"` do not count. None for a line that no reader takes for a header.
 */
const headerNames = (line: string): string[] => {
  const body = bodyOf(line)
  const text = (body.startsWith(byteOrderMark) ? body.slice(byteOrderMark.length) : body).trim()
  if (!text.startsWith('[')) return []
  return [/^\[(.*)\]/, /^\[([^\]]*)\]/].flatMap((pattern) => {
    const name = pattern.exec(text)?.[1]
    return name === undefined ? [] : [name.replaceAll(/["']/g, '').trim().replaceAll(/\s+/g, ' ')]
  })
}

export interface Section {
  readonly names: readonly string[]
  /** Index of the header's line. */
  readonly start: number
  /** Index of the line behind the section: the next header's, or the number of lines. */
  readonly end: number
}

export const sectionsIn = (lines: readonly string[]): Section[] => {
  const headers = lines.flatMap((line, start) => {
    const names = headerNames(line)
    return names.length === 0 ? [] : [{ names, start }]
  })
  return headers.map((header, at) => ({ ...header, end: headers[at + 1]?.start ?? lines.length }))
}

/** What a line of a section is. A setting's nested lines carry the setting's key. */
export type LineKind =
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'setting'; readonly key: string }

/** Classifies the lines below a header by configparser's rule: a line indented deeper than its setting belongs to it. */
export const classify = (lines: readonly string[]): LineKind[] => {
  let current: { key: string; indent: number } | undefined
  return lines.map((line): LineKind => {
    const body = bodyOf(line)
    const text = body.trim()
    if (text === '') return { kind: 'blank' }
    if (/^[#;]/.test(text)) return { kind: 'comment', text }
    const indent = body.length - body.trimStart().length
    if (current === undefined || indent <= current.indent) {
      current = { key: (text.split(/[=:]/, 1)[0] ?? '').trim().toLowerCase(), indent }
    }
    return { kind: 'setting', key: current.key }
  })
}

/** The line end that the file uses, by its last line that has one. */
export const lineEndOf = (lines: readonly string[]): string =>
  endOf(lines.findLast((line) => endOf(line)) ?? '') || '\n'
