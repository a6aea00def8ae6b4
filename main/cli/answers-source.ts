// Owns where the answers to a sign-in's questions come from: a person in a terminal, or standard input and options for a script.
import { fail, ok, type Result } from '../failure.ts'
import { printable } from './table.ts'
import type { Terminal } from './world.ts'

export interface Choice {
  /** Also taken where a script names its choice. */
  readonly value: string
  readonly label: string
}

export interface AnswerSource {
  /** A password, the present or a new one; never echoed. */
  secret(question: string): Promise<Result<string>>
  /** A one-time code; never echoed, since it is worth something for half a minute. */
  code(question: string): Promise<Result<string>>
  line(question: string, initial?: string): Promise<Result<string>>
  /** One of these, which are never none; where there is one only, nobody is asked. */
  choice(question: string, choices: readonly Choice[]): Promise<Result<string>>
  /** No, where nobody is there to say yes. */
  confirm(question: string): Promise<boolean>
  /** What a question is about. */
  show(text: string): void
  /** Somebody is there: a refused answer can be asked for again. */
  readonly isPerson: boolean
}

const nobody = (question: string): Result<never> => fail('cli.no-terminal', { detail: question })

const fromPerson = (terminal: Terminal, codes: string[]): AnswerSource => ({
  secret: async (question) => ok(await terminal.askSecret(question)),
  async code(question) {
    const given = codes.shift()
    return ok(given ?? (await terminal.askSecret(question)))
  },
  line: async (question, initial) => ok(await terminal.askLine(question, initial)),
  async choice(question, choices) {
    const [only, ...others] = choices
    if (only !== undefined && others.length === 0) return ok(only.value)
    terminal.note(
      [question, ...choices.map(({ label }, index) => `  ${index + 1}  ${printable(label)}`)].join('\n'),
    )
    for (;;) {
      const typed = (await terminal.askLine(`Number (1 to ${choices.length}):`)).trim()
      const chosen = choices.find(({ value }, index) => typed === String(index + 1) || typed === value)
      if (chosen !== undefined) return ok(chosen.value)
    }
  },
  confirm: async (question) => /^y(?:es)?$/i.test((await terminal.askLine(`${question} (y/N)`, 'n')).trim()),
  show: terminal.note,
  isPerson: true,
})

/** Lines of standard input answer in the order in which the steps ask for passwords. */
const fromScript = (
  terminal: Terminal,
  codes: string[],
  chosen: string[],
  hasInput: boolean,
): AnswerSource => {
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
    async choice(question, choices) {
      const [only, ...others] = choices
      if (only !== undefined && others.length === 0) return ok(only.value)
      const wanted = chosen.shift()
      const found = choices.find(({ value }) => value === wanted)
      if (found !== undefined) return ok(found.value)
      return fail('cli.no-terminal', {
        message: wanted === undefined ? 'There is a choice to make.' : `"${wanted}" is not offered here.`,
        remedy: `Name one with --choose: ${choices.map(({ value }) => value).join(', ')}.`,
        detail: question,
      })
    },
    confirm: async () => false,
    show: () => undefined,
    isPerson: false,
  }
}

export interface AnswerOptions {
  /** `--password-stdin` */
  readonly passwordStdin: boolean
  /** `--code`, in the order given. */
  readonly codes: readonly string[]
  /** `--choose`, in the order given. */
  readonly chosen: readonly string[]
}

export const answerSource = (
  terminal: Terminal,
  { passwordStdin, codes, chosen }: AnswerOptions,
): AnswerSource =>
  passwordStdin || !terminal.isInteractive
    ? fromScript(terminal, [...codes], [...chosen], passwordStdin)
    : fromPerson(terminal, [...codes])
