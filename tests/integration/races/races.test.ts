// Four processes share one session. Time is real here: each process has its own.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import { readIdentity } from '../../../main/sessions/facts.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { fakeProfile, fakeRecord, valueOf } from '../../unit/sessions/fakes.ts'
import { createFileStore } from './file-store.ts'

/** `npm run soak` asks for 1,000. */
const rounds = Number(process.env['SESAME_RACE_ROUNDS'] ?? 200)
const operation = 'GetTokensFromRefreshToken'

let directory: string
let server: CognitoServer
let children: ChildProcess[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-races-'))
  children = []
  server = await startCognitoServer({
    pools: [
      {
        id: 'eu-west-1_Races1',
        // Without grace a second use of a token is a reuse at once, and ends the session.
        clients: [{ id: 'rotating', rotation: { graceSeconds: 0 } }],
        users: [{ username: 'ana', password: 'Correct-Horse-9' }],
      },
    ],
  })
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await server.close()
  await rm(directory, { recursive: true, force: true })
})

const vault = () =>
  openStoreVault(createFileStore(join(directory, 'store')), { directory, clock: systemClock }).sessions

const storeSession = async (): Promise<Profile> => {
  const profile = fakeProfile({
    userPoolId: 'eu-west-1_Races1',
    clientId: 'rotating',
    endpoints: { userPool: server.url },
  })
  const tokens = await server.admin.grantTokens('rotating', 'ana')
  const record = fakeRecord(profile, tokens, valueOf(readIdentity(tokens)))
  expect(await vault().writeSession(profile, record)).toEqual({ kind: 'saved' })
  return profile
}

const answerOf = async (child: ChildProcess): Promise<string[]> => {
  const [answer]: unknown[] = await once(child, 'message')
  return Array.isArray(answer) ? answer.map(String) : [String(answer)]
}

const startProcess = async (profile: Profile): Promise<ChildProcess> => {
  const child = fork(
    fileURLToPath(new URL('session-process.ts', import.meta.url)),
    [directory, JSON.stringify(profile)],
    { execArgv: ['--disable-warning=ExperimentalWarning'] },
  )
  children.push(child)
  await answerOf(child)
  return child
}

const ask = (child: ChildProcess, callers: number): Promise<string[]> => {
  const answer = answerOf(child)
  child.send(callers)
  return answer
}

const startAll = async (): Promise<Profile> => {
  const profile = await storeSession()
  await Promise.all(Array.from({ length: 4 }, () => startProcess(profile)))
  return profile
}

/** 50 callers across the four processes. */
const askAll = async (): Promise<string[]> => {
  const answers = await Promise.all(children.map((child, index) => ask(child, index < 2 ? 13 : 12)))
  return [...new Set(answers.flat())]
}

test('fifty callers in four processes who ask for a refresh are one request, and all get its tokens', async () => {
  const profile = await startAll()
  const before = await vault().readSession(profile)
  const tokens = await askAll()
  expect([tokens.length, server.requests.count({ operation })]).toEqual([1, 1])
  const after = await vault().readSession(profile)
  if (after.kind !== 'found' || before.kind !== 'found') throw new Error('no session is stored')
  expect(after.value.tokens.accessToken).toBe(tokens[0])
  expect(after.value.tokens.refreshToken).not.toBe(before.value.tokens.refreshToken)
})

test(`with rotation and no grace, ${rounds} rounds of four processes are never a reuse`, async () => {
  await startAll()
  for (let round = 1; round <= rounds; round += 1) {
    const tokens = await askAll()
    expect(tokens, `round ${round}`).toHaveLength(1)
    expect(tokens[0], `round ${round}`).toMatch(/^eyJ/)
  }
  expect(server.requests.count({ operation, outcome: 'ok' })).toBe(rounds)
  expect(server.requests.count({ operation })).toBe(rounds)
}, 600_000)

test('a process killed while it refreshes holds nobody up, and its lock is taken over', async () => {
  const profile = await storeSession()
  const [first, second] = [await startProcess(profile), await startProcess(profile)]
  const held = server.faults.hold({ operation })
  first.send(1)
  await held.arrived
  const waiting = ask(second, 5)
  const gone = once(first, 'exit')
  first.kill('SIGKILL')
  await gone
  // What the first one asked never comes to anything.
  const tokens = await waiting
  expect(tokens).toHaveLength(1)
  expect(tokens[0]).toMatch(/^eyJ/)
  held.release()
})
