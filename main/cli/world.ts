// Names what a command works with: who to ask, what to write to, and what it answers. Everything else about a process stays outside.
import type * as z from 'zod'
import type { AgentRequest } from '../agent/ask-socket.ts'
import type { Result } from '../failure.ts'

/** Asks the running app, or the engine in this process where none runs. Answers are checked against the schema. */
export type Ask = <T>(schema: z.ZodType<T>, request: AgentRequest) => Promise<Result<T>>

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Somebody is there to be asked. */
  readonly isInteractive: boolean
  readonly out: (text: string) => void
  /** For people: progress, warnings. Errors are written once, at the end. */
  readonly note: (text: string) => void
  /** All of standard input. */
  readonly readInput: () => Promise<string>
  /** Asks without echo. Rejects when interrupted. */
  readonly askSecret: (question: string) => Promise<string>
  readonly askLine: (question: string, initial?: string) => Promise<string>
  /** Columns of what people read; undefined where that is no terminal. */
  readonly columns: number | undefined
  /** Calls back on Ctrl-C and when the process is asked to end, which it then does not do by itself. Answers the unsubscriber. */
  readonly onInterrupt: (listener: () => void) => () => void
  readonly now: () => number
}

export interface World {
  readonly ask: Ask
  readonly terminal: Terminal
  /** Absolute path. */
  readonly configDir: string
  readonly version: string
  /** Whether the app answers, or this process works by itself; decided by the first question. */
  readonly source: () => Promise<'app' | 'here'>
  /** Ends what `ask` may have started in this process; `ask` may be used again. */
  readonly release: () => Promise<void>
}

/** Thrown by what was waiting when a person interrupted it. */
export class Interruption extends Error {}

/** What a command answers: `json` with --json, else `text`. */
export interface Output {
  readonly json: unknown
  readonly text: string
  /** 0 unless said otherwise. */
  readonly exitCode?: number
}

export type Outcome = Promise<Result<Output>>
