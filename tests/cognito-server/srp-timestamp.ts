// Owns the TIMESTAMP of a password claim: its one accepted spelling and what instant it names.

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => String(value).padStart(2, '0')

/** `EEE MMM d HH:mm:ss z yyyy` in English and UTC: `Tue Feb 3 04:05:06 UTC 2026`. */
export function formatSrpTimestamp(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds)
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  const day = DAYS[date.getUTCDay()] ?? ''
  const month = MONTHS[date.getUTCMonth()] ?? ''
  return `${day} ${month} ${date.getUTCDate()} ${time} UTC ${date.getUTCFullYear()}`
}

/** Milliseconds since the epoch, or undefined for any other spelling: padded day, other zone, wrong weekday. */
export function parseSrpTimestamp(text: string): number | undefined {
  const match = /^\w{3} (?<month>\w{3}) (?<day>\d{1,2}) (?<time>\d\d:\d\d:\d\d) UTC (?<year>\d{4})$/.exec(
    text,
  )
  const { month, day, time, year } = match?.groups ?? {}
  if (month === undefined || day === undefined) return undefined
  const instant = Date.parse(`${year}-${two(MONTHS.indexOf(month) + 1)}-${two(Number(day))}T${time}Z`)
  return !Number.isNaN(instant) && formatSrpTimestamp(instant) === text ? instant : undefined
}
