// Owns `doctor`: what this machine looks like to Sesame, or which step between a profile and AWS fails. Without a secret, fit to be
// sent to somebody.
import { arch, platform, release } from 'node:os'
import { statusSchema, stepsSchema } from '../../agent/answers.ts'
import { locateAgent } from '../../agent/locate.ts'
import { type Failure, ok } from '../../failure.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { post } from '../paths.ts'
import { table } from '../table.ts'
import type { Outcome, World } from '../world.ts'

/** Variables that make tools use other credentials than a profile's; only whether they are set is told. */
const competing = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
]
const proxies = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
]

const setIn = (names: readonly string[], env: World['terminal']['env']): string =>
  names.filter((name) => env[name]).join(', ') || 'none'

export const doctor = async (world: World): Outcome => {
  const source = await world.source()
  const status = await world.ask(statusSchema, { method: 'GET', path: '/v1/status' })
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Sesame', world.version],
    ['Node', process.version],
    ['System', `${platform()} ${release()} ${arch()}`],
    ['Configuration folder', world.configDir],
    ['App', source === 'app' ? 'running' : 'not running; this command works by itself'],
    ['Agent', locateAgent(world.configDir).path],
    ...(status.ok
      ? ([
          ['Answered by', `Sesame ${status.value.version}, process ${status.value.pid}`],
          [
            'Profiles',
            `${status.value.profiles.all}, ${status.value.profiles.available} available to the command line`,
          ],
        ] as const)
      : ([['Trouble', `${status.failure.message} ${status.failure.remedy}`]] as const)),
    ['Other AWS settings here', setIn(competing, world.terminal.env)],
    ['Proxy settings here', setIn(proxies, world.terminal.env)],
  ]
  return ok({
    json: Object.fromEntries(facts),
    text: table(facts),
    exitCode: status.ok ? 0 : 9,
  })
}

/** For other programs; the app need not run. */
export const socketPath = async (world: World): Outcome => {
  const { path } = locateAgent(world.configDir)
  return ok({ json: { socket: path }, text: `${path}\n` })
}

const marks = { passed: 'ok', failed: 'FAILS', skipped: '-' } as const

/** What failed, and what the other side says of it. */
const said = ({ message, detail }: Pick<Failure, 'message' | 'detail'>): string =>
  detail === undefined ? message : `${message} (${detail})`

/** Each step in order; the exit code is that of the first one that fails. */
export const preflight = async (world: World, name: string): Outcome => {
  const got = await world.ask(stepsSchema, post(name, 'doctor'))
  if (!got.ok) return got
  const { steps } = got.value
  const failures = steps.flatMap(({ failure }) => failure ?? [])
  const [failed] = failures
  const rows = steps.map(({ label, outcome, detail, failure }) => [
    marks[outcome],
    label,
    failure === undefined ? (detail ?? '') : said(failure),
  ])
  const remedy = failures.map((each) => `\n${each.remedy}\n`).join('')
  return ok({
    json: { steps },
    text: table(rows) + remedy,
    exitCode: failed === undefined ? 0 : exitCodeOf(failed.code),
  })
}
