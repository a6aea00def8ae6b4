// Owns the programs that read credentials, none of them written here: the AWS CLI anew for each call, boto3 and the AWS SDK for
// JavaScript in programs that go on and on.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'
import { runProgram, type TestWorld } from '../agent/support.ts'
import { programs } from '../credentials/programs.ts'
import type { Place } from './places.ts'

const answerSchema = z.object({ ok: z.boolean(), text: z.string() })
export type Answer = z.infer<typeof answerSchema>

/** One client of one consumer, for good. Each call asks STS who it is. */
export interface Client {
  call(place: Place): Promise<Answer>
}

export interface Consumer {
  readonly name: string
  readonly isThere: boolean
  /** Whether its client lives on between two calls. */
  readonly isLong: boolean
  /** Which places it reads. */
  readonly reads: readonly Place['kind'][]
  client(programs: Programs): Client
}

/** The long-running programs, one of each kind, each begun when it is needed. */
export interface Programs extends Disposable {
  readonly world: TestWorld
  order(program: 'boto3' | 'javascript', order: object): Promise<Answer>
}

const commands = {
  boto3: [programs.python ?? '', join(import.meta.dirname, 'client.py')],
  javascript: [process.execPath, join(import.meta.dirname, 'client.ts')],
} as const

export const startPrograms = (world: TestWorld): Programs => {
  const running = new Map<string, (line: string) => Promise<string>>()
  const children: ChildProcess[] = []
  const start = ([command, script]: readonly [string, string]) => {
    const child = spawn(command, [script], { env: world.env, stdio: ['pipe', 'pipe', 'inherit'] })
    children.push(child)
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    let turn: Promise<unknown> = Promise.resolve()
    return (line: string): Promise<string> => {
      const answer = turn.then(async () => {
        child.stdin.write(`${line}\n`)
        return String((await lines.next()).value)
      })
      turn = answer.catch(() => undefined)
      return answer
    }
  }
  return {
    world,
    async order(program, order) {
      const ask = running.get(program) ?? start(commands[program])
      running.set(program, ask)
      const line = JSON.stringify({ ...order, sts: world.server.url })
      return answerSchema.parse(JSON.parse(await ask(line)))
    },
    [Symbol.dispose]: () => {
      for (const child of children) child.kill()
    },
  }
}

let clients = 0

const long = (
  name: string,
  program: 'boto3' | 'javascript',
  reads: Consumer['reads'],
  extra: object = {},
): Consumer => ({
  name,
  isThere: program === 'javascript' || programs.python !== undefined,
  isLong: true,
  reads,
  client: (running) => {
    clients += 1
    const client = `${name} ${clients}`
    return { call: ({ env, profile }) => running.order(program, { client, env, profile, ...extra }) }
  },
})

export const consumers: readonly Consumer[] = [
  {
    name: 'AWS CLI',
    isThere: programs.aws !== undefined,
    isLong: false,
    reads: ['section', 'process', 'app', 'exec'],
    client: ({ world }) => ({
      async call({ env, profile }) {
        const args = ['sts', 'get-caller-identity', '--endpoint-url', world.server.url]
        const { code, stdout, stderr } = await runProgram(
          programs.aws ?? '',
          [...(profile === undefined ? [] : ['--profile', profile]), '--region', 'eu-west-1', ...args],
          { env: { ...world.env, ...env } },
        )
        return { ok: code === 0, text: code === 0 ? stdout : stderr }
      },
    }),
  },
  long('boto3', 'boto3', ['section', 'process', 'app', 'exec']),
  long('JS fromIni', 'javascript', ['section', 'process'], { provider: 'fromIni' }),
  long('JS fromProcess', 'javascript', ['process'], { provider: 'fromProcess' }),
  long('JS fromHttp', 'javascript', ['app', 'exec'], { provider: 'fromHttp' }),
  long('JS fromContainerMetadata', 'javascript', ['app', 'exec'], { provider: 'fromContainerMetadata' }),
]
