// Owns where the answers to a sign-in's questions come from: a person in a terminal, or standard input and options for a script.
import { fail, ok, type Result } from '../failure.ts'
import type { Terminal } from './world.ts'

export interface AnswerSource {
  /** A password, the present or a new one; never echoed. */
  secret(question: string): Promise<Result<string>>
  /** A one-time code; never echoed, since it is worth something for half a minute. */
  code(question: string): Promise<Result<string>>
  line(question: string, initial?: string): Promise<Result<string>>
  /** Whether a refused answer can be asked for again. */
  readonly canRepeat: boolean
}

const nobody = (question: string): Result<never> => fail('cli.no-terminal', { detail: question })

const fromPerson = (terminal: Terminal, codes: string[]): AnswerSource => ({
  secret: async (question) => ok(await terminal.askSecret(question)),
  async code(question) {
    const given = codes.shift()
    return ok(given ?? (await terminal.askSecret(question)))
  },
  line: async (question, initial) => ok(await terminal.askLine(question, initial)),
  canRepeat: true,
})

/** Lines of standard input answer in the order in which the steps ask for passwords. */
const fromScript = (terminal: Terminal, codes: string[], hasInput: boolean): AnswerSource => {
  let lines: Promise<string[]> | undefined
  const next = async (): Promise<string | undefined> => {
    if (!hasInput) return undefined
    lines ??= terminal.readInput().then((text) => text.split(/\r?\n/))
    return (await lines).shift()
  }
  return {
    async secret(question) {
      const line = await next()
      return line === undefined || line === '' ? nobody(question) : ok(line)
    },
    code: async (question) => {
      const given = codes.shift()
      return given === undefined ? nobody(question) : ok(given)
    },
    line: async (question, initial) => (initial === undefined ? nobody(question) : ok(initial)),
    canRepeat: false,
  }
}

export interface AnswerOptions {
  /** `--password-stdin` */
  readonly passwordStdin: boolean
  /** `--code`, in the order given. */
  readonly codes: readonly string[]
}

export const answerSource = (terminal: Terminal, { passwordStdin, codes }: AnswerOptions): AnswerSource =>
  passwordStdin || !terminal.isInteractive
    ? fromScript(terminal, [...codes], passwordStdin)
    : fromPerson(terminal, [...codes])
