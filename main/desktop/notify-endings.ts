// Owns the messages of the operating system about sign-ins that end soon: several at once are one message. Knows no Electron.
import type { EndWarnings } from '../../preload/views.ts'
import type { SessionChange } from '../sessions/api.ts'
import type { Message } from './notify.ts'

/** What each choice in the settings means, in seconds before the end. */
export const endWarningSeconds: Record<EndWarnings, readonly number[]> = {
  all: [259_200, 86_400, 3_600],
  'last-day': [86_400, 3_600],
  'last-hour': [3_600],
  never: [],
}

const hourMs = 3_600_000
const namesShown = 3

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/** "in 3 days", "in 5 hours", "in less than an hour". */
const inText = (leftMs: number): string => {
  const hours = Math.round(leftMs / hourMs)
  if (hours < 1) return 'in less than an hour'
  return hours < 36 ? `in ${plural(hours, 'hour')}` : `in ${plural(Math.round(hours / 24), 'day')}`
}

export interface Ending {
  readonly profileId: string
  readonly name: string
  readonly leftMs: number
}

/** One message for all of them, the soonest first. Names of profiles only: others may see the screen. */
export const endingMessage = (endings: readonly Ending[]): Message | undefined => {
  const [first, ...others] = endings.toSorted((one, other) => one.leftMs - other.leftMs)
  if (first === undefined) return undefined
  const body = 'Sign in again before then; nothing is refreshed after that.'
  if (others.length === 0) return { title: `${first.name} ends ${inText(first.leftMs)}`, body }
  const names = [first, ...others].slice(0, namesShown).map(({ name }) => name)
  const more = endings.length - names.length
  return {
    title: `${endings.length} sign-ins end soon, the first ${inText(first.leftMs)}`,
    body: `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}. ${body}`,
  }
}

export interface EndingNoticesOptions {
  readonly nameOf: (profileId: string) => string
  /** Epoch milliseconds by the server's clock. */
  readonly now: () => number
  readonly notify: (message: Message, onClick: () => void) => void
  /** Shows the profile's sign-in. */
  readonly open: (profileId: string) => void
  readonly atEndOfTurn?: (callback: () => void) => void
}

/** Answers the listener for changes of sessions. */
export const createEndingNotices = (options: EndingNoticesOptions): ((change: SessionChange) => void) => {
  const { nameOf, now, notify, open, atEndOfTurn = setImmediate } = options
  let waiting: Ending[] = []
  const tell = (): void => {
    const endings = waiting.toSorted((one, other) => one.leftMs - other.leftMs)
    waiting = []
    const message = endingMessage(endings)
    const [first] = endings
    if (message !== undefined && first !== undefined) notify(message, () => open(first.profileId))
  }
  return (change) => {
    if (change.kind !== 'ending') return
    const { profileId, endsAt } = change
    waiting.push({ profileId, name: nameOf(profileId), leftMs: endsAt - now() })
    if (waiting.length === 1) atEndOfTurn(tell)
  }
}
