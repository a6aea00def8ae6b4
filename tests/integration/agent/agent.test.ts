// The agent as other programs meet it: by curl, by hand-written bytes, as another user, many at once.

import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askSocket } from '../../../main/agent/ask-socket.ts'
import { startAgent } from '../../../main/agent/index.ts'
import { silentLog } from '../../../main/logging/log.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { seededRandom } from '../../unit/sessions/fakes.ts'
import { runProgram, startWorld, type TestWorld } from './support.ts'

let world: TestWorld
let ana: Profile
beforeAll(async () => {
  world = await startWorld()
  ana = await world.add()
  await world.add({ name: 'hidden', availableToCommandLine: false })
  await world.signIn(ana)
})
afterAll(() => world[Symbol.asyncDispose]())

const path = (name: string, action: string): string => `/v1/profiles/${encodeURIComponent(name)}/${action}`

/** Writes bytes as they are, and answers all that comes back until the other side closes. */
const raw = async (bytes: string): Promise<string> => {
  const socket = connect(world.agent.path)
  let received = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text
  })
  socket.on('error', () => undefined)
  socket.write(bytes)
  await once(socket, 'close')
  return received
}

const statusLine = (answer: string): string => answer.split('\r\n', 1)[0] ?? ''

describe('what it answers', () => {
  test('credentials to plain curl, as a credential_process does, good for more than 15 minutes', async () => {
    const { stdout, code } = await world.curl(path('acme · ana', 'credentials'))
    expect(code).toBe(0)
    const answer = JSON.parse(stdout)
    expect(Object.keys(answer)).toEqual([
      'Version',
      'AccessKeyId',
      'SecretAccessKey',
      'SessionToken',
      'Expiration',
    ])
    expect(Date.parse(answer.Expiration) - Date.now()).toBeGreaterThan(15 * 60_000)
  })

  test('status, profiles, tokens and claims, a profile named by the beginning of its name', async () => {
    expect(JSON.parse((await world.curl('/v1/status')).stdout)).toMatchObject({
      pid: process.pid,
      profiles: { all: 2, available: 1 },
    })
    const { profiles } = JSON.parse((await world.curl('/v1/profiles')).stdout)
    expect(profiles.map((one: { session?: unknown }) => one.session !== undefined)).toEqual([true, false])
    const tokens = JSON.parse((await world.curl(path('acme', 'tokens'))).stdout)
    expect(Object.keys(tokens)).toEqual(['idToken', 'accessToken', 'expiresAt'])
    const claims = JSON.parse((await world.curl(path(ana.id, 'claims'))).stdout)
    expect(claims.id).toMatchObject({
      payload: { email: 'ana@example.com' },
      verification: { kind: 'verified' },
    })
  })

  test('from memory, without asking Cognito again', async () => {
    await world.curl(path(ana.id, 'credentials'))
    const before = world.server.requests.list().length
    await world.curl(path(ana.id, 'credentials'))
    await world.curl(path(ana.id, 'tokens'))
    expect(world.server.requests.list().length).toBe(before)
  })

  test('nothing about a session whose owner has not turned it on', async () => {
    for (const action of ['credentials', 'tokens', 'claims']) {
      const { stdout } = await world.curl(path('hidden', action))
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'profile.not-available' } })
    }
  })

  test('what happened and what to do, where it cannot', async () => {
    const { stdout } = await world.curl(path('nobody', 'credentials'), '-w', '%{http_code}')
    expect(stdout).toMatch(/404$/)
    expect(JSON.parse(stdout.slice(0, -3))).toMatchObject({
      error: { code: 'profile.unknown-name', remedy: expect.stringContaining('sesame profiles list') },
    })
  })

  test('no refresh token and no client secret, whatever is asked', async () => {
    const answers = await Promise.all(
      [
        '/v1/status',
        '/v1/profiles',
        `/v1/profiles/${ana.id}`,
        ...['credentials', 'tokens', 'claims'].map((a) => path(ana.id, a)),
      ].map(async (each) => (await world.curl(each)).stdout),
    )
    const record = await world.engine.vault.readSession(ana)
    const secret = record.kind === 'found' ? record.value.tokens.refreshToken : 'no record'
    expect(record.kind).toBe('found')
    expect(answers.join('')).not.toContain(secret)
    expect(answers.join('')).not.toMatch(/refresh_?token"\s*:\s*"/i)
  })
})

test('two hundred callers at once cause one refresh', async () => {
  const operation = 'GetTokensFromRefreshToken'
  const before = world.server.requests.count({ operation })
  const held = world.server.faults.hold({ operation })
  const refreshes = Array.from({ length: 200 }, () =>
    askSocket(world.agent.path, { method: 'POST', path: path(ana.id, 'refresh') }),
  )
  await held.arrived
  // Connections are taken in order: once these are answered, all two hundred are waiting.
  for (let round = 0; round < 3; round += 1)
    await askSocket(world.agent.path, { method: 'GET', path: '/v1/status' })
  held.release()
  const answers = await Promise.all(refreshes)
  expect(answers.map((answer) => answer.kind === 'answered' && answer.status)).toEqual(Array(200).fill(200))
  expect(world.server.requests.count({ operation }) - before).toBe(1)
})

describe('who does not belong', () => {
  test.skipIf(process.getuid?.() !== 0)('another user of the machine gets nothing', async () => {
    // The way there is open on purpose: only the agent's own folder and socket keep nobody out.
    for (const folder of [world.directory, join(world.directory, 'run')]) chmodSync(folder, 0o755)
    const { code, stdout } = await runProgram('setpriv', [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      'curl',
      '-sS',
      '--unix-socket',
      world.agent.path,
      'http://localhost/v1/status',
    ])
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' })
    expect(statSync(world.agent.path).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(world.agent.path)).mode & 0o777).toBe(0o700)
  })

  test.each([
    ['a wrong Host', 'Host: evil.example\r\n', 403],
    ['no Host', '', 403],
    ['a page of a browser', 'Host: localhost\r\nOrigin: https://evil.example\r\n', 403],
    ['an unknown method', 'Host: localhost\r\n', 405],
    ['a body that is not JSON', 'Host: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n', 415],
    [
      'a body too large',
      'Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n',
      413,
    ],
  ])('%s is refused without a word', async (what, headers, status) => {
    const method = what === 'an unknown method' ? 'PUT' : 'POST'
    const answer = await raw(`${method} /v1/status HTTP/1.1\r\n${headers}\r\n`)
    expect(statusLine(answer)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer.split('\r\n\r\n')[1]).toBe('')
    expect(answer).not.toMatch(/access-control/i)
  })

  test('malformed HTTP does not stop it', async () => {
    const nonsense = [
      '\0\0\0\0',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      'POST /v1/sign-out HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{x}',
      'POST /v1/sign-out HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
      'GET /v1/status HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'GET /v1/profiles/%E0%A4%A/tokens HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ]
    const random = seededRandom(1)
    for (let line = 0; line < 50; line += 1) {
      const bytes = Array.from({ length: 40 }, () => String.fromCharCode(Math.floor(random() * 256)))
      nonsense.push(`${bytes.join('')}\r\n\r\n`)
    }
    for (const bytes of nonsense) expect(await raw(bytes)).not.toMatch(/^HTTP\/1.1 (?:2|101)/)
    expect((await world.curl('/v1/status')).code).toBe(0)
  })
})

describe('its socket', () => {
  const start = (configDir: string) =>
    startAgent({ ...world.engine, version: '0', configDir, log: silentLog })

  test('a dead one, left by a crash, is replaced', async () => {
    const configDir = join(world.directory, 'crashed')
    mkdirSync(configDir)
    const first = await start(configDir)
    if (!first.ok) throw new Error(first.failure.code)
    const { path: socket } = first.value
    await first.value.close()
    // What a killed process leaves: a socket in the file system and nobody behind it.
    mkdirSync(dirname(socket), { mode: 0o700 })
    await runProgram(process.execPath, [
      '-e',
      `require('node:net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ])
    expect(existsSync(socket)).toBe(true)
    const second = await start(configDir)
    expect(second.ok).toBe(true)
    if (second.ok) await second.value.close()
    expect(existsSync(socket)).toBe(false)
  })

  test('a live one is left alone', async () => {
    const taken = await start(world.configDir)
    expect(taken).toMatchObject({ ok: false, failure: { code: 'agent.taken' } })
    expect((await world.curl('/v1/status')).code).toBe(0)
  })

  test('a folder that others may enter is not used, by neither side', async () => {
    const configDir = join(world.directory, 'open')
    const probe = await start(configDir)
    if (!probe.ok) throw new Error(probe.failure.code)
    const folder = dirname(probe.value.path)
    await probe.value.close()
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    expect(await start(configDir)).toMatchObject({ ok: false, failure: { code: 'agent.unsafe-folder' } })

    // Somebody else's server there is not asked for anything.
    const requests: unknown[] = []
    const trap = createServer((socket) => requests.push(socket.destroy()))
    await new Promise<void>((resolve) => trap.listen(probe.value.path, resolve))
    const { code, stderr } = await world.sesame(['--config-dir', configDir, 'whoami', 'x'])
    trap.close()
    expect({ code, requests }).toEqual({ code: 9, requests: [] })
    expect(stderr).toContain(folder)
  })
})

test('what is handed out is in the activity once, and in the log never', async () => {
  const events = world.engine.sessions.activity(ana.id).filter(({ kind }) => kind === 'exported')
  expect(events.map(({ detail }) => detail)).toEqual(['to the command line'])
  const { stdout } = await world.curl(path(ana.id, 'credentials'))
  const { SecretAccessKey, SessionToken } = JSON.parse(stdout)
  const { accessToken } = JSON.parse((await world.curl(path(ana.id, 'tokens'))).stdout)
  writeFileSync(join(world.directory, 'log'), world.logged.join('\n'))
  for (const secret of [SecretAccessKey, SessionToken, accessToken])
    expect(world.logged.join('\n')).not.toContain(secret)
})
