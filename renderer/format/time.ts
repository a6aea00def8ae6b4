// Owns how instants and durations read: calm, short, never promising more time than there is. Intl only, no locale guessing.

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/**
 * A duration in milliseconds, rounded down: "40 s", "48 min", "5 h 41 min", "1 day 3 h", "12 days", "10 years".
 * Negative ones read as nothing left ("0 s").
 */
export const durationText = (ms: number): string => {
  const left = Math.max(0, ms)
  if (left < minute) return `${Math.floor(left / second)} s`
  if (left < hour) return `${Math.floor(left / minute)} min`
  if (left < day) {
    const minutes = Math.floor((left % hour) / minute)
    return minutes === 0 ? `${Math.floor(left / hour)} h` : `${Math.floor(left / hour)} h ${minutes} min`
  }
  if (left < 2 * day) {
    const hours = Math.floor((left % day) / hour)
    return hours === 0 ? '1 day' : `1 day ${hours} h`
  }
  if (left < 2 * year) return plural(Math.floor(left / day), 'day')
  return plural(Math.floor(left / year), 'year')
}

/** The same in the width of a list: "40 s", "48 m", "5 h", "12 d", "10 y". */
export const shortDurationText = (ms: number): string => {
  const left = Math.max(0, ms)
  if (left < minute) return `${Math.floor(left / second)} s`
  if (left < hour) return `${Math.floor(left / minute)} m`
  if (left < 2 * day) return `${Math.floor(left / hour)} h`
  if (left < 2 * year) return `${Math.floor(left / day)} d`
  return `${Math.floor(left / year)} y`
}

/** An instant seen from `now`: "in 48 min", "5 h 41 min ago", "now" within a second. Both epoch milliseconds. */
export const relativeText = (instant: number, now: number): string => {
  const distance = instant - now
  if (Math.abs(distance) < second) return 'now'
  return distance > 0 ? `in ${durationText(distance)}` : `${durationText(-distance)} ago`
}

/** How instants read in one time zone. */
export interface TimeTexts {
  /** "15:42:10", or with its day when that is not today: "Sat 21 Nov, 15:42". */
  readonly time: (instant: number, now: number) => string
  /** "15:37", or with its day when that is not today: "Sat 21 Nov, 15:37". */
  readonly shortTime: (instant: number, now: number) => string
  /** "22 Nov", with the year when it is not this one. */
  readonly date: (instant: number, now: number) => string
  /** "Fri 20 Nov 2026, 09:12:40". */
  readonly full: (instant: number) => string
}

/** Makes the texts for a time zone; the machine's own unless a test names one. */
export const timeTexts = (timeZone?: string): TimeTexts => {
  // The words of this window are English, so are its months; 24 hours, as everything technical writes them.
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  })
  const partsOf = (instant: number) => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
    for (const { type, value } of format.formatToParts(instant)) parts[type] = value
    // ICU abbreviates September as "Sept" in British English only.
    const month = (parts.month ?? '').slice(0, 3)
    return { ...parts, month, day: `${parts.day} ${month}`, year: parts.year ?? '' }
  }
  const sameDay = (a: ReturnType<typeof partsOf>, b: ReturnType<typeof partsOf>): boolean =>
    a.day === b.day && a.year === b.year

  const clock = (withSeconds: boolean) => (instant: number, now: number) => {
    const parts = partsOf(instant)
    const today = partsOf(now)
    const short = `${parts.hour}:${parts.minute}`
    if (sameDay(parts, today)) return withSeconds ? `${short}:${parts.second}` : short
    return parts.year === today.year
      ? `${parts.weekday} ${parts.day}, ${short}`
      : `${parts.day} ${parts.year}, ${short}`
  }

  return {
    time: clock(true),
    shortTime: clock(false),
    date: (instant, now) => {
      const parts = partsOf(instant)
      return parts.year === partsOf(now).year ? parts.day : `${parts.day} ${parts.year}`
    },
    full: (instant) => {
      const parts = partsOf(instant)
      return `${parts.weekday} ${parts.day} ${parts.year}, ${parts.hour}:${parts.minute}:${parts.second}`
    },
  }
}

/** The texts in this machine's time zone. */
export const times = timeTexts()
