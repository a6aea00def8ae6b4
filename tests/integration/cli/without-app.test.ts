// The command where no app runs: same profiles, a real keyring, one process after the other; and what of its secrets can be seen.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

  test('a locked keychain is told, with the remedy and its exit code', async () => {
    await keyring.lock()
    const run = await sesame(['token', 'ana'])
    await keyring.unlock()
    expect(run).toMatchObject({ code: 8, stdout: '' })
    expect(run.stderr).toMatch(/The keychain is locked[\s\S]*Unlock/)
  })
})
