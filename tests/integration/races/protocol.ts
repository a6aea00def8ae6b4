// Names what a test and the processes that share its sessions say to each other.

/** So many callers ask for a refresh of one profile, all at once; or a person signs in to it. */
export interface Question {
  readonly profileId: string
  readonly callers: number | 'sign in'
}

/** Each different access token that they got, or codes of failures. */
export interface Answer {
  readonly profileId: string
  readonly tokens: readonly string[]
}

export const user = { username: 'ana', password: 'Correct-Horse-9' } as const
