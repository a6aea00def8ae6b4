// Owns the one section that Sesame keeps for a profile in a shared file: how it is marked, put in, brought up to date and taken out
// without moving another byte. Pure; knows neither files nor what the settings mean.
import { fail, ok, type Result } from '../../failure.ts'
import { classify, endOf, lineEndOf, type Section, sectionsIn, splitLines } from './ini.ts'

export interface SectionSpec {
  /** As between the brackets: `acme`, or `profile acme` in the config file. */
  readonly header: string
  readonly profileId: string
  /** A comment after the mark, such as when the credentials run out; begins with `Expires `. */
  readonly note?: string | undefined
  readonly settings: readonly (readonly [key: string, value: string])[]
}

/** Every key that Sesame writes into a section of either file; in a section of its own these are its lines. */
const ownKeys = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'credential_process',
  'region',
])

/** The mark names profile and section: a copy of the section under another name is not ours. */
const markOf = ({ header, profileId }: Owner, hasBlank: boolean): string =>
  `# Sesame keeps this section${hasBlank ? ' and the empty line above it' : ''} up to date (profile ${profileId}, section ${header}).`

type Owner = Pick<SectionSpec, 'header' | 'profileId'>

interface Mark extends Owner {
  readonly hasBlank: boolean
}

const markIn = (text: string): Mark | undefined => {
  const found =
    /^# Sesame keeps this section( and the empty line above it)? up to date \(profile ([\w-]+), section ([^)]+)\)\.$/.exec(
      text,
    )
  if (found === null) return undefined
  const [, blank, profileId = '', header = ''] = found
  return { hasBlank: blank !== undefined, profileId, header }
}

interface Marked {
  readonly section: Section
  readonly mark: Mark | undefined
  /** For each line below the header, whether it is Sesame's. */
  readonly isOurs: readonly boolean[]
  /** Settings that somebody else put there. */
  readonly hasForeignSettings: boolean
}

const read = (lines: readonly string[], section: Section): Marked => {
  const kinds = classify(lines.slice(section.start + 1, section.end))
  const marks = kinds.map((line) => (line.kind === 'comment' ? markIn(line.text) : undefined))
  const mark = marks.find((found) => found !== undefined && section.names.includes(found.header))
  return {
    section,
    mark,
    isOurs: kinds.map((line, at) => {
      if (line.kind === 'setting') return ownKeys.has(line.key)
      if (line.kind === 'blank' || mark === undefined) return false
      return marks[at] !== undefined || /^# Expires \d{4}-\d\d-\d\dT[\d:]+Z$/.test(line.text)
    }),
    hasForeignSettings: kinds.some((line) => line.kind === 'setting' && !ownKeys.has(line.key)),
  }
}

const ownLines = (spec: SectionSpec, hasBlank: boolean): string[] => [
  markOf(spec, hasBlank),
  ...(spec.note === undefined ? [] : [`# ${spec.note}`]),
  ...spec.settings.map(([key, value]) => `${key} = ${value}`),
]

const append = (lines: readonly string[], spec: SectionSpec): string => {
  const end = lineEndOf(lines)
  const text = lines.join('')
  const last = lines.at(-1)
  const completed = last === undefined || endOf(last) !== '' ? text : text + end
  const hasBlank = last !== undefined && last.trim() !== ''
  const own = [`[${spec.header}]`, ...ownLines(spec, hasBlank)]
  return completed + [...(hasBlank ? [''] : []), ...own].map((line) => line + end).join('')
}

const replace = (lines: readonly string[], { section, mark, isOurs }: Marked, spec: SectionSpec): string => {
  const header = lines[section.start] ?? ''
  const end = endOf(header) || lineEndOf(lines)
  const body = lines.slice(section.start + 1, section.end)
  const place = mark === undefined ? 0 : isOurs.indexOf(true)
  const isForeign = (_: string, at: number): boolean => isOurs[at] !== true
  const own = ownLines(spec, mark?.hasBlank ?? false).map((line) => line + end)
  return [
    ...lines.slice(0, section.start),
    endOf(header) === '' ? header + end : header,
    ...body.slice(0, place).filter(isForeign),
    ...own,
    ...body.slice(place).filter((line, at) => isForeign(line, at + place)),
    ...lines.slice(section.end),
  ].join('')
}

/**
 * The text with the section as it should be: appended where there is none, brought up to date where it is ours. Settings that
 * others put into it stay. Codes: aws-files.taken (somebody else's, or another profile's), aws-files.twice.
 *
 * @param takeOver makes a section ours that is not
 */
export const putSection = (text: string, spec: SectionSpec, takeOver: boolean): Result<string> => {
  const lines = splitLines(text)
  const [found, ...others] = sectionsIn(lines).filter(({ names }) => names.includes(spec.header))
  if (found === undefined) return ok(append(lines, spec))
  if (others.length > 0) return fail('aws-files.twice', { detail: `[${spec.header}]` })
  const marked = read(lines, found)
  if (marked.mark?.profileId !== spec.profileId && !takeOver) {
    return fail('aws-files.taken', { detail: `[${spec.header}]` })
  }
  return ok(replace(lines, marked, spec))
}

const without = (
  lines: readonly string[],
  { section, mark, isOurs, hasForeignSettings }: Marked,
): string[] => {
  const kept = lines.slice(section.start + 1, section.end).filter((_, at) => isOurs[at] !== true)
  if (hasForeignSettings) {
    return [...lines.slice(0, section.start + 1), ...kept, ...lines.slice(section.end)]
  }
  const isBlankOurs = mark?.hasBlank === true && /^\r?\n$/.test(lines[section.start - 1] ?? '')
  return [...lines.slice(0, section.start - (isBlankOurs ? 1 : 0)), ...kept, ...lines.slice(section.end)]
}

/** The text without the sections of this profile, or without all but the one with this header. What others put there stays. */
export const removeSections = (text: string, profileId: string, exceptHeader?: string): string => {
  let lines = splitLines(text)
  for (const section of sectionsIn(lines).toReversed()) {
    const marked = read(lines, section)
    const { mark } = marked
    if (mark?.profileId === profileId && mark.header !== exceptHeader) lines = without(lines, marked)
  }
  return lines.join('')
}

/** The section alone, as it would be written into an empty file; for showing it. */
export const sectionText = (spec: SectionSpec): string => append([], spec)

/** Whether a section of this name is there, whoever's it is. */
export const hasSection = (text: string, header: string): boolean =>
  sectionsIn(splitLines(text)).some(({ names }) => names.includes(header))
