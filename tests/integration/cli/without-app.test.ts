// The command where no app runs: same profiles, a real keyring, one process after the other; and what of its secrets can be seen.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { cli, configOf, type Run, type RunOptions, runProgram } from '../agent/support.ts'
import { type Keyring, missingForKeyring, startKeyring } from '../keyring.ts'

const password = 'Canary-Horse-9'

describe.skipIf(missingForKeyring().length > 0)('without the app', () => {
  let keyring: Keyring
  let server: CognitoServer
  let configDir: string
  beforeAll(async () => {
    keyring = await startKeyring()
    server = await startCognitoServer(configOf({ userPassword: password }))
    configDir = join(keyring.directory, 'sesame')
    mkdirSync(configDir, { mode: 0o700 })
  })
  afterAll(async () => {
    await server.close()
    await keyring.stop()
  })

  const sesame = (args: readonly string[], options: RunOptions = {}): Promise<Run> =>
    runProgram(process.execPath, [cli, '--config-dir', configDir, ...args], {
      ...options,
      env: { ...keyring.env, ...options.env },
    })

  const fine = async (args: readonly string[], options?: RunOptions): Promise<string> => {
    const run = await sesame(args, options)
    expect({ args, ...run }).toMatchObject({ code: 0, stderr: '' })
    return run.stdout
  }

  test('a profile is added, signed in to, used and signed out of, each by a process of its own', async () => {
    const { url } = server
    await fine([
      'profiles',
      'add',
      '--name',
      'ana',
      '--user-pool',
      'eu-west-1_Terminal1',
      '--client',
      'terminalclient',
      '--identity-pool',
      'eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
      '--username',
      'ana',
      '--user-pool-endpoint',
      url,
      '--identity-pool-endpoint',
      url,
      '--sts-endpoint',
      url,
    ])
    expect(await fine(['sign-in', 'ana', '--password-stdin'], { input: password })).toBe(
      'Signed in to ana.\n',
    )
    expect(await fine(['whoami', 'ana'])).toMatch(/Username +ana/)
    expect(await fine(['profiles', 'list'])).toMatch(/ana +development +active/)
    expect(await fine(['token', 'ana'])).toMatch(/^eyJ/)
    expect(await fine(['refresh', 'ana'])).toMatch(/^Refreshed/)
    expect(JSON.parse(await fine(['credential-process', 'ana']))).toMatchObject({ Version: 1 })
    expect(await fine(['exec', 'ana', '--', 'sh', '-c', 'echo $AWS_ACCESS_KEY_ID'])).toMatch(/^ASIA/)
    expect(await fine(['doctor'])).toMatch(/App +not running/)
    expect(await fine(['sign-out', 'ana'])).toMatch(/signed out on this device/)
    expect((await sesame(['token', 'ana'])).code).toBe(3)
    expect(server.requests.count({ operation: 'RevokeToken', outcome: 'ok' })).toBe(1)
  })

  test('a password is in no process list while it is on its way, and in no file afterwards', async () => {
    const held = server.faults.hold({ operation: 'RespondToAuthChallenge' })
    const child = spawn(
      process.execPath,
      [cli, '--config-dir', configDir, 'sign-in', 'ana', '--password-stdin'],
      {
        env: keyring.env,
      },
    )
    child.stdin.end(password)
    await held.arrived
    const { stdout } = await runProgram('ps', ['-eo', 'args'])
    const environment = readFileSync(`/proc/${child.pid}/environ`, 'utf8')
    held.release()
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(stdout).toContain('--password-stdin')

    const token = (await fine(['token', 'ana'])).trim()
    const files = readdirSync(configDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    for (const secret of [password, token])
      for (const text of [stdout, environment, ...files]) expect(text).not.toContain(secret)
  })

  test('four that add a profile at once lose none', async () => {
    const names = ['one', 'two', 'three', 'four']
    await Promise.all(
      names.map((name) =>
        fine([
          'profiles',
          'add',
          '--name',
          name,
          '--user-pool',
          'eu-west-1_Terminal1',
          '--client',
          'rotating',
        ]),
      ),
    )
    const all = (await fine(['profiles', 'list', '--names'])).trim().split('\n')
    expect(all.toSorted()).toEqual(['ana', ...names].toSorted())
  })

  test("the app's engine and three commands at once refresh a rotating token once", async () => {
    const operation = 'GetTokensFromRefreshToken'
    // The engine sees to everybody's session; this is about one.
    const about = { operation, clientId: 'rotating' }
    const added = await fine(
      `--json profiles add --name rota --user-pool eu-west-1_Terminal1 --client rotating --username ana --user-pool-endpoint ${server.url}`.split(
        ' ',
      ),
    )
    const { id }: { id: string } = JSON.parse(added)
    await fine(['sign-in', 'rota', '--password-stdin'], { input: password })
    const before = (await fine(['token', 'rota'])).trim()
    server.clock.advance(2 * 3_600_000)
    const held = server.faults.hold(about)
    const beside = (file: string): string => join(import.meta.dirname, file)
    const env = { ...keyring.env, NODE_OPTIONS: `--import=${beside('two-hours-later.ts')}` }
    const start = (script: string, ...args: string[]) => {
      const child = spawn(process.execPath, [script, ...args], { env })
      return { child, output: Promise.all([text(child.stdout), text(child.stderr)]) }
    }
    const engine = start(beside('app-engine.ts'), configDir, id)
    await held.arrived
    const commands = [1, 2, 3].map(() => start(cli, '--config-dir', configDir, 'token', 'rota'))
    // They are past their start, and read the keychain: what they come to next is the lock.
    for (const { child } of commands)
      await expect
        .poll(() => readFileSync(`/proc/${child.pid}/maps`, 'utf8'), { timeout: 20_000 })
        .toContain('keytar.node')
    held.release()
    const tokens = await Promise.all(
      [engine, ...commands].map(async ({ output }) => {
        const [stdout, stderr] = await output
        expect(stderr).toBe('')
        return stdout.trim()
      }),
    )
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).toMatch(/^eyJ/)
    expect(tokens[0]).not.toBe(before)
    expect(server.requests.count(about)).toBe(1)
  })

  test('what waits in a file for the keychain is not overtaken by an older one in it: start the app', async () => {
    const { id }: { id: string } = JSON.parse(await fine(['--json', 'profiles', 'show', 'ana']))
    const name = createHash('sha256').update(`session/${id}`).digest('hex').slice(0, 32)
    const file = join(configDir, 'vault-waiting', `${name}.json`)
    mkdirSync(dirname(file), { mode: 0o700 })
    writeFileSync(file, JSON.stringify({ version: 1, sealed: Buffer.from('by the app').toString('base64') }))
    const asked = server.requests.count({})
    const run = await sesame(['credential-process', 'ana'])
    expect(run).toMatchObject({ code: 8, stdout: '' })
    expect(run.stderr).toMatch(/only the app can open[\s\S]*Start the Sesame app/)
    expect(server.requests.count({})).toBe(asked)
    rmSync(file)
    expect(await fine(['token', 'ana'])).toMatch(/^eyJ/)
  })

  test('a locked keychain is told, with the remedy and its exit code', async () => {
    await keyring.lock()
    const run = await sesame(['token', 'ana'])
    await keyring.unlock()
    expect(run).toMatchObject({ code: 8, stdout: '' })
    expect(run.stderr).toMatch(/The keychain is locked[\s\S]*Unlock/)
  })
})
