import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const CLI = fileURLToPath(new URL('../../cognito-server/cli.ts', import.meta.url))
const TOKEN = 'a-token-for-this-test-only'

let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

/** Starts the command; `line` settles with the first line of stdout, `end` with everything once it is over. */
function start(...args: string[]) {
  const started = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  child = started
  let [stdout, stderr] = ['', '']
  const line = new Promise<string>((resolve) => {
    started.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      if (stdout.includes('\n')) resolve(stdout)
    })
  })
  started.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const end = once(started, 'close').then(() => ({ code: started.exitCode, stdout, stderr }))
  return { line, end, kill: (signal: NodeJS.Signals) => started.kill(signal) }
}

test('prints one line of JSON that any client can be pointed with, and ends on SIGTERM', async () => {
  const { line, end, kill } = start('--port', '0', '--seed', 'demo')
  const description = JSON.parse(await line)
  const { userPoolEndpoint, pools } = description
  expect(userPoolEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(description).toMatchObject({ identityPoolEndpoint: userPoolEndpoint, stsEndpoint: userPoolEndpoint })
  expect(pools).toHaveLength(2)
  expect(pools[0]).toMatchObject({
    userPoolId: expect.stringMatching(/_/),
    clientSecret: expect.any(String),
    identityPoolId: expect.stringMatching(/:/),
  })
  expect(pools[1]).not.toHaveProperty('clientSecret')
  const users: object[] = pools.flatMap((pool: { users: object[] }) => pool.users)
  expect(users).toHaveLength(4)
  expect(users.filter((user) => 'totpSecret' in user)).toHaveLength(2)
  expect(users.filter((user) => 'newPasswordRequired' in user)).toHaveLength(1)
  const keys = await fetch(`${userPoolEndpoint}/${pools[0].userPoolId}/.well-known/jwks.json`)
  expect(keys.status).toBe(200)
  kill('SIGTERM')
  const { code, stdout } = await end
  expect(code).toBe(0)
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
})

describe('bad arguments', () => {
  test.each([
    [['--port', 'x'], '--port wants a number from 0 to 65535, not "x"'],
    [['--port', '65536'], '--port wants a number from 0 to 65535, not "65536"'],
    [['--seed', 'none'], '--seed knows demo, all-flows, not "none"'],
    [['--control-token', 'short'], '--control-token wants at least 16 characters'],
    [['--frob'], "Unknown option '--frob'"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('%j: exit code 2 and a sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await start(...args).end
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(sentence)
    expect(stderr).toContain('usage:')
  })
})

test('a port that is taken is told, with exit code 1', async () => {
  const first = start()
  const { port } = new URL(JSON.parse(await first.line).userPoolEndpoint)
  const { code, stderr } = await start('--port', port).end
  first.kill('SIGKILL')
  expect(code).toBe(1)
  expect(stderr).toContain('EADDRINUSE')
})

describe('the control port', () => {
  const call = (url: string, body: object, token = TOKEN) =>
    fetch(`${url}/__control`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })

  test('moves the clock, adds faults, reads the journal and signs users out', async () => {
    const { userPoolEndpoint: url, pools } = JSON.parse(await start('--control-token', TOKEN).line)
    const [{ userPoolId }] = pools
    const order = async (body: object) => (await (await call(url, body)).json()).result
    const before: number = await order({ command: 'clock.now' })
    const after: number = await order({ command: 'clock.advance', milliseconds: 3_600_000 })
    expect(after - before).toBeGreaterThanOrEqual(3_600_000)
    const keys = () => fetch(`${url}/${userPoolId}/.well-known/jwks.json`)
    await order({
      command: 'faults.add',
      rule: { match: { operation: 'jwks.json' }, fault: { kind: 'html-500' } },
    })
    expect((await keys()).status).toBe(500)
    expect((await keys()).status).toBe(200)
    expect(await order({ command: 'requests' })).toMatchObject([
      { operation: 'jwks.json', fault: 'html-500', status: 500 },
      { operation: 'jwks.json', outcome: 'ok', status: 200 },
    ])
    await order({ command: 'users.signOut', userPoolId, username: 'ada' })
    expect((await call(url, { command: 'users.signOut', userPoolId, username: 'nobody' })).status).toBe(400)
    expect((await call(url, { command: 'nonsense' })).status).toBe(400)
    expect((await call(url, { command: 'clock.now' }, 'another-token-altogether')).status).toBe(401)
  })

  test('rotates keys, and hands over the codes that were sent', async () => {
    const started = start('--control-token', TOKEN, '--seed', 'all-flows')
    const { userPoolEndpoint: url, pools } = JSON.parse(await started.line)
    const [{ userPoolId, domain }] = pools
    expect(domain).toBe(url)
    const order = async (body: object) => (await (await call(url, body)).json()).result
    expect(await order({ command: 'outbox' })).toMatchObject([
      { username: 'unconfirmed', medium: 'EMAIL', code: expect.stringMatching(/^\d{6}$/) },
      { username: 'reset' },
    ])
    const keys = async () => (await (await fetch(`${url}/${userPoolId}/.well-known/jwks.json`)).json()).keys
    expect(await keys()).toHaveLength(2)
    await order({ command: 'keys.rotate', userPoolId })
    expect(await keys()).toHaveLength(4)
    await order({ command: 'users.forgetDevices', userPoolId, username: 'plain' })
    await order({
      command: 'users.update',
      userPoolId,
      username: 'plain',
      change: { status: 'RESET_REQUIRED' },
    })
    const { code } = (await order({ command: 'outbox' })).at(-1)
    started.kill('SIGTERM')
    expect((await started.end).stderr).toContain(`EMAIL to plain at plain@example.com: ${code}`)
  })

  test('is not there unless asked for', async () => {
    const { userPoolEndpoint: url } = JSON.parse(await start().line)
    expect((await call(url, { command: 'clock.now' })).status).toBe(404)
  })
})
