// What the agent hands out when what it has in memory has run out, and where its secrets can be seen meanwhile.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { askSocket } from '../../../main/agent/ask-socket.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { cli, runProgram, startWorld, type TestWorld } from './support.ts'

const userPassword = 'Canary-Horse-9'
const clientSecret = 'the-client-secret-canary'

let world: TestWorld
let ana: Profile
beforeAll(async () => {
  world = await startWorld({ userPassword })
  ana = await world.add({ username: 'ana' })
})
afterAll(async () => {
  vi.useRealTimers()
  await world[Symbol.asyncDispose]()
})

const at = (profile: Profile, action: string): string => `/v1/profiles/${profile.id}/${action}`
const get = async (path: string): Promise<Record<string, string>> => {
  const answer = await askSocket(world.agent.path, { method: 'GET', path })
  if (answer.kind !== 'answered' || answer.status !== 200) throw new Error(JSON.stringify(answer))
  return JSON.parse(answer.text)
}

/** What follows happens that much later, for the engine and the server. */
const later = (ms: number): void => {
  world.server.clock.advance(ms)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}

test('secrets are in no process list, no log and no file while they are used', async () => {
  const seen: string[] = []
  const look = async (): Promise<void> => {
    seen.push((await runProgram('ps', ['-eo', 'args'])).stdout)
  }
  const settings = [
    `--name secretive --username ana --storage memory --user-pool ${ana.userPoolId} --client secretclient`,
    `--user-pool-endpoint ${world.server.url} --client-secret-stdin`,
  ]
  const added = await world.sesame(['profiles', 'add', ...settings.join(' ').split(' ')], {
    input: clientSecret,
  })
  expect(added).toMatchObject({ code: 0 })
  const held = world.server.faults.hold({ operation: 'RespondToAuthChallenge' })
  const signIn = world.sesame(['sign-in', 'secretive', '--password-stdin'], { input: userPassword })
  await held.arrived
  await look()
  held.release()
  expect(await signIn).toMatchObject({ code: 0 })

  expect(await world.sesame(['sign-in', ana.id, '--password-stdin'], { input: userPassword })).toMatchObject({
    code: 0,
  })
  const child = spawn(
    process.execPath,
    [cli, '--config-dir', world.configDir, 'exec', ana.id, '--', 'sh', '-c', 'echo ready; read line'],
    { env: world.env },
  )
  await once(child.stdout, 'data')
  await look()
  child.stdin.end('\n')
  await once(child, 'close')

  const secretive = world.engine.profiles.list().find(({ name }) => name === 'secretive') ?? ana
  const records = await Promise.all(
    [ana, secretive].map((profile) => world.engine.vault.readSession(profile)),
  )
  const bearer = records.flatMap((record) =>
    record.kind === 'found' ? Object.values(record.value.tokens) : [],
  )
  const credentials = await get(at(ana, 'credentials'))
  const secrets = [
    userPassword,
    clientSecret,
    ...bearer.filter((token) => typeof token === 'string' && token.length > 20),
    credentials['SecretAccessKey'] ?? '',
    credentials['SessionToken'] ?? '',
  ]
  expect(secrets.length).toBeGreaterThanOrEqual(2 + 6 + 2)
  const files = readdirSync(world.configDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  expect(seen).toEqual([expect.stringContaining('--password-stdin'), expect.stringContaining('read line')])
  for (const text of [...seen, ...world.logged, ...files])
    for (const secret of secrets) expect(text).not.toContain(secret)
})

test('two hundred callers for expired tokens and credentials get fresh ones by one refresh', async () => {
  const [tokens, credentials] = await Promise.all([get(at(ana, 'tokens')), get(at(ana, 'credentials'))])
  // The scheduler sees to the other session by itself.
  const refreshes = { operation: 'GetTokensFromRefreshToken', clientId: ana.clientId }
  const exports = { operation: 'GetCredentialsForIdentity' }
  const before = [world.server.requests.count(refreshes), world.server.requests.count(exports)]
  later(3 * 3_600_000)
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, caller) => get(at(ana, caller % 2 === 0 ? 'tokens' : 'credentials'))),
  )
  const accessTokens = new Set(answers.flatMap(({ accessToken }) => accessToken ?? []))
  const keys = new Set(answers.flatMap(({ AccessKeyId }) => AccessKeyId ?? []))
  expect([accessTokens.size, keys.size]).toEqual([1, 1])
  expect(accessTokens).not.toContain(tokens['accessToken'])
  expect(keys).not.toContain(credentials['AccessKeyId'])
  const ends = answers.flatMap(({ Expiration }) => (Expiration === undefined ? [] : Date.parse(Expiration)))
  expect(Math.min(...ends) - Date.now()).toBeGreaterThan(15 * 60_000)
  const after = [world.server.requests.count(refreshes), world.server.requests.count(exports)]
  expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1])
})

test('credentials with less than 15 minutes left are not handed out', async () => {
  const old = await get(at(ana, 'credentials'))
  later(Date.parse(old['Expiration'] ?? '') - Date.now() - 14 * 60_000)
  const fresh = await get(at(ana, 'credentials'))
  expect(Date.parse(fresh['Expiration'] ?? '') - Date.now()).toBeGreaterThan(15 * 60_000)
})
