// Owns `npm run cognito`: arguments in, one line of JSON on stdout, everything else on stderr, until a signal ends it.
import { parseArgs } from 'node:util'
import { startCognitoServer } from './index.ts'
import { describeServer, isSeedName, SEEDS, type SeedName } from './seeds.ts'

const USAGE = `usage: npm run cognito -- [--port N] [--seed ${Object.keys(SEEDS).join('|')}] [--control-token TOKEN]
  --port N               port on 127.0.0.1; 0, the default, takes any free one
  --seed NAME            which pools and users to start with; default demo
  --control-token TOKEN  opens POST /__control (clock, faults, journal) to who sends this token`

interface Arguments {
  readonly port: number
  readonly seed: SeedName
  readonly controlToken?: string
}

/** The arguments, or the sentence that says what is wrong with them. */
function readArguments(argv: readonly string[]): Arguments | { readonly refusal: string } | 'help' {
  const options = {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: 'demo' },
    'control-token': { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const
  try {
    const { values } = parseArgs({ args: [...argv], options })
    if (values.help) return 'help'
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
    if (!(port <= 65_535)) return { refusal: `--port wants a number from 0 to 65535, not "${values.port}"` }
    if (!isSeedName(values.seed)) {
      return { refusal: `--seed knows ${Object.keys(SEEDS).join(', ')}, not "${values.seed}"` }
    }
    const controlToken = values['control-token']
    if (controlToken !== undefined && controlToken.length < 16) {
      return { refusal: '--control-token wants at least 16 characters' }
    }
    return { port, seed: values.seed, ...(controlToken !== undefined && { controlToken }) }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}

async function main(): Promise<number | undefined> {
  const args = readArguments(process.argv.slice(2))
  if (args === 'help') {
    console.error(USAGE)
    return 0
  }
  if ('refusal' in args) {
    console.error(`cognito: ${args.refusal}\n${USAGE}`)
    return 2
  }
  const { port, seed, controlToken } = args
  try {
    const config = { ...SEEDS[seed], port, ...(controlToken !== undefined && { controlToken }) }
    const server = await startCognitoServer(config)
    // In place of the mail and the text messages: who tries the server out by hand reads the codes here.
    server.outbox.onMessage(({ username, medium, destination, code }) => {
      console.error(`cognito: ${medium} to ${username} at ${destination}: ${code}`)
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void server.close()
      })
    }
    process.stdout.write(`${JSON.stringify(describeServer(server.url, SEEDS[seed]))}\n`)
    console.error(`cognito: serving the ${seed} pools on ${server.url}; Ctrl-C ends it`)
    return undefined
  } catch (error) {
    console.error(`cognito: cannot start: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

const code = await main()
if (code !== undefined) process.exitCode = code
