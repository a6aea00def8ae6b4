// Owns how rows read in a terminal. Pure.
import { printable } from './printable.ts'

export { printable }

/** Terminals show CJK and emoji two columns wide; combining marks none (Unicode TR11, the wide ranges people meet). */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u

const widthOf = (text: string): number =>
  Array.from(new Intl.Segmenter().segment(text), ({ segment }) =>
    wide.test(segment) ? 2 : 1,
  ).reduce<number>((sum, width) => sum + width, 0)

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** Columns two spaces apart, no trailing space, each row ended. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const clean = rows.map((row) => row.map(printable))
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map((row) => widthOf(row[column] ?? ''))),
  )
  return clean
    .map(
      (row) =>
        `${row
          .map((cell, column) => pad(cell, widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

/** `48 min`, `2 h 5 min`, `3 d`, or `ended`. */
export const timeLeft = (until: number, now: number): string => {
  const minutes = Math.floor((until - now) / 60_000)
  if (until <= now) return 'ended'
  if (minutes < 1) return 'under 1 min'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d`
}
