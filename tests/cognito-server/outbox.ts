// Owns what the server would have sent by mail or text message: tests read the codes here. Sends nothing anywhere.
import type { ServerClock } from './clock.ts'
import type { User } from './users.ts'

export interface OutboxMessage {
  readonly at: number
  readonly userPoolId: string
  readonly username: string
  readonly medium: 'SMS' | 'EMAIL'
  /** The phone number or address in full. */
  readonly destination: string
  readonly code: string
}

export class Outbox {
  readonly #clock: ServerClock
  readonly #messages: OutboxMessage[] = []
  readonly #listeners = new Set<(message: OutboxMessage) => void>()

  constructor(clock: ServerClock) {
    this.#clock = clock
  }

  /** To the user's own number or address unless told otherwise. */
  send(
    userPoolId: string,
    user: User,
    medium: OutboxMessage['medium'],
    code: string,
    destination = user.attributes.get(medium === 'SMS' ? 'phone_number' : 'email') ?? '',
  ): OutboxMessage {
    const message = { at: this.#clock.now(), userPoolId, username: user.username, medium, destination, code }
    this.#messages.push(message)
    for (const listener of this.#listeners) listener(message)
    return message
  }

  /** Hears of every message from now on. */
  onMessage(listener: (message: OutboxMessage) => void): void {
    this.#listeners.add(listener)
  }

  list(): readonly OutboxMessage[] {
    return this.#messages
  }

  /** The newest message to this user, as somebody looking at their phone sees it. */
  latest(username: string): OutboxMessage | undefined {
    return this.#messages.findLast((message) => message.username === username)
  }
}

/** As Cognito shows a destination: `a***@e***`, `+*******4567`. */
export function masked(destination: string): string {
  const [name = '', domain] = destination.split('@')
  if (domain === undefined) return `+${'*'.repeat(Math.max(0, name.length - 5))}${name.slice(-4)}`
  return `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`
}
