// Several processes share sessions. Time is real here: each process has its own.
import { once } from 'node:events'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import { type Bundles, bundle } from '../bundle.ts'
import { type SessionProcess, type SharedSessions, shareSessions } from './shared-sessions.ts'

const rounds = Number(process.env['SESAME_RACE_ROUNDS'] ?? 1_000)
/** Sessions whose rounds go on side by side: while one waits for a lock, the machine works on another. */
const sideBySide = 10
const operation = 'GetTokensFromRefreshToken'

let program: Bundles<'session'>
beforeAll(async () => {
  program = await bundle({ session: join(import.meta.dirname, 'session-process.ts') })
})
afterAll(() => program.remove())

const share = (count: number): Promise<SharedSessions> => shareSessions(count, program.scripts.session)

/** Somebody is signed in to each of them. */
const shareSignedIn = async (count: number): Promise<SharedSessions> => {
  const shared = await share(count)
  await Promise.all(shared.profiles.map(shared.storeSession))
  return shared
}

/** 50 callers across four processes. Each different token that they got. */
const askAll = async (processes: readonly SessionProcess[], profile: Profile): Promise<string[]> => {
  const answers = await Promise.all(processes.map(({ ask }, index) => ask(profile, index < 2 ? 13 : 12)))
  return [...new Set(answers.flat())]
}

test('fifty callers in four processes who ask for a refresh are one request, and all get its tokens', async () => {
  await using shared = await shareSignedIn(1)
  const [profile] = shared.profiles
  if (profile === undefined) throw new Error('no profile')
  const processes = await shared.start(4)
  const before = await shared.vault.readSession(profile)
  const tokens = await askAll(processes, profile)
  expect([tokens.length, shared.server.requests.count({ operation })]).toEqual([1, 1])
  const after = await shared.vault.readSession(profile)
  if (after.kind !== 'found' || before.kind !== 'found') throw new Error('no session is stored')
  expect(after.value.tokens.accessToken).toBe(tokens[0])
  expect(after.value.tokens.refreshToken).not.toBe(before.value.tokens.refreshToken)
})

test(`with rotation and no grace, ${rounds} rounds of fifty callers in four processes are never a reuse`, async () => {
  await using shared = await shareSignedIn(sideBySide)
  const processes = await shared.start(4)
  let begun = 0
  const goRounds = async (profile: Profile): Promise<void> => {
    while (begun < rounds) {
      begun += 1
      const round = begun
      const tokens = await askAll(processes, profile)
      expect(tokens, `round ${round}`).toHaveLength(1)
      expect(tokens[0], `round ${round}`).toMatch(/^eyJ/)
    }
  }
  await Promise.all(shared.profiles.map(goRounds))
  const { requests } = shared.server
  expect(requests.count({ operation, outcome: 'ok' })).toBe(rounds)
  expect(requests.count({ operation })).toBe(rounds)
}, 600_000)

test('a process killed while it refreshes holds nobody up, and its lock is taken over', async () => {
  await using shared = await shareSignedIn(1)
  const [profile] = shared.profiles
  const [first, second] = await shared.start(2)
  if (profile === undefined || first === undefined || second === undefined) throw new Error('nothing started')
  const held = shared.server.faults.hold({ operation })
  first.ask(profile, 1).catch(() => undefined)
  await held.arrived
  const waiting = second.ask(profile, 5)
  const gone = once(first.process, 'exit')
  first.process.kill('SIGKILL')
  await gone
  // What the first one asked never comes to anything.
  const tokens = await waiting
  expect(tokens).toHaveLength(1)
  expect(tokens[0]).toMatch(/^eyJ/)
  held.release()
})

test('of two processes that sign in to a profile at the same instant one wins whole, and the session of the other is ended at Cognito', async () => {
  await using shared = await share(sideBySide)
  const processes = await shared.start(2)
  const both = async (profile: Profile, callers: 1 | 'sign in'): Promise<string[]> => {
    const answers = await Promise.all(processes.map(({ ask }) => ask(profile, callers)))
    return answers.flat()
  }
  const signIns = await Promise.all(shared.profiles.map((profile) => both(profile, 'sign in')))
  expect(new Set(signIns.flat()).size).toBe(2 * sideBySide)
  for (const [index, profile] of shared.profiles.entries()) {
    const stored = await shared.vault.readSession(profile)
    if (stored.kind !== 'found') throw new Error(`the store answers ${stored.kind}`)
    expect(signIns[index]).toContain(stored.value.tokens.accessToken)
  }
  const refreshed = await Promise.all(shared.profiles.map((profile) => both(profile, 1)))
  expect(refreshed.flat().filter((token) => !token.startsWith('eyJ'))).toEqual([])
  // Both go on with one session, though one of them may have refreshed it after the other had looked.
  const sessionsOf = (tokens: string[]) => new Set(tokens.map((token) => decodeJwt(token)['origin_jti']))
  expect(refreshed.map((tokens) => sessionsOf(tokens).size)).toEqual(shared.profiles.map(() => 1))
  const { requests } = shared.server
  await requests.waitFor({ operation: 'RevokeToken', outcome: 'ok' }, sideBySide)
  expect(requests.list({ operation }).filter(({ outcome }) => outcome !== 'ok')).toEqual([])
})
