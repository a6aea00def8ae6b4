// docs/terminal.md is what was run: every command block of it, in order, as in one person's terminal.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from '../../../main/cli/exit-codes.ts'
import { cli, type Run, root, runProgram, startWorld, type TestWorld } from '../agent/support.ts'
import { programs } from '../credentials/programs.ts'
import { freePort } from '../free-port.ts'

const text = readFileSync(join(root, 'docs/terminal.md'), 'utf8')
const blocks = Array.from(
  text.matchAll(/^(<!-- asks: password -->\n)?```sh\n([\s\S]*?)^```$/gm),
  (match) => ({
    asks: match[1] !== undefined,
    script: match[2] ?? '',
  }),
)

const program = (folder: string, name: string, script: string): void => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}

/** In a terminal of its own, made by script(1), where the answer is typed once it has been asked for. */
const typeInto = async (
  file: string,
  env: NodeJS.ProcessEnv,
  question: string,
  answer: string,
): Promise<Run> => {
  const child = spawn('script', ['-qec', `bash ${file}`, '/dev/null'], { env })
  let stdout = ''
  let isAnswered = false
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    if (isAnswered || !stdout.includes(question)) return
    isAnswered = true
    child.stdin.write(`${answer}\r`)
  })
  const [code] = await once(child, 'close')
  return { code: Number(code), stdout, stderr: '' }
}

/** The one thing in which this terminal is not a person's: pools and AWS are the local server. */
const pointAtServer = async ({ engine, server }: TestWorld, callbackUrl: string): Promise<void> => {
  for (const { id, ...settings } of engine.profiles.list()) {
    const { url } = server
    const endpoints = { userPool: url, identityPool: url, sts: url, federation: url }
    const login = settings.domain === undefined ? {} : { domain: url, callbackUrl }
    if (settings.endpoints.sts === undefined || settings.domain?.endsWith('amazoncognito.com'))
      await engine.profiles.update(id, { ...settings, ...login, endpoints, storage: 'memory' })
  }
}

test.skipIf(programs.aws === undefined)(
  'every command block of docs/terminal.md does what it says',
  async () => {
    expect(blocks.length).toBeGreaterThan(12)
    const password = 'Correct-Horse-9'
    const callbackUrl = `http://127.0.0.1:${await freePort()}/callback`
    await using world = await startWorld({
      callbackUrl,
      poolId: 'eu-west-1_Ab12Cd34E',
      clientId: '1example23456789example012',
      secretClientId: '2example23456789example012',
    })
    const bin = join(world.directory, 'bin')
    mkdirSync(bin)
    program(bin, 'sesame', `exec '${process.execPath}' '${cli}' "$@"`)
    // Somebody at the login page.
    program(
      bin,
      'browser',
      `page=$(curl -sL -b jar -c jar -o /dev/null -w '%{url_effective}' "$1")
exec curl -sL -b jar -c jar -o /dev/null -d username=ana --data-urlencode "password=$PASSWORD" "$page"`,
    )
    writeFileSync(
      join(world.directory, 'amplify_outputs.json'),
      JSON.stringify({
        auth: { user_pool_id: 'eu-west-1_Ab12Cd34E', user_pool_client_id: '3example23456789example012' },
      }),
    )
    program(bin, 'aws', `exec '${programs.aws}' "$@" --endpoint-url '${world.server.url}'`)
    const { AWS_CONFIG_FILE: _config, AWS_SHARED_CREDENTIALS_FILE: _credentials, ...env } = world.env
    Object.assign(env, {
      PATH: `${bin}${delimiter}${env['PATH']}`,
      SESAME_CONFIG_DIR: world.configDir,
      PASSWORD: password,
      CLIENT_SECRET: 'the-client-secret-canary',
      API_URL: `${world.server.url}/eu-west-1_Ab12Cd34E/.well-known/jwks.json`,
      BROWSER: join(bin, 'browser'),
      TERM: 'dumb',
    })
    for (const { asks, script } of blocks) {
      const prepared = `cd ~\nset -euo pipefail\n${script}`
      writeFileSync(join(world.directory, 'block.sh'), prepared)
      const run = asks
        ? await typeInto(join(world.directory, 'block.sh'), env, 'Password of ana', password)
        : await runProgram('bash', ['-c', prepared], { env })
      expect({ script, ...run }).toMatchObject({ script, code: 0 })
      // A terminal shows both streams as one; elsewhere nothing may be complained about.
      const complaints = run.stderr.replace('Waiting for the browser to come back. Ctrl-C cancels.\n', '')
      expect({ script, stderr: complaints }).toEqual({ script, stderr: '' })
      expect(run.stdout).toMatch(asks ? /Signed in to acme-ana\./ : /^/)
      expect(run.stdout).not.toContain(password)
      await pointAtServer(world, callbackUrl)
    }
    expect(readFileSync(join(world.directory, '.env'), 'utf8')).toMatch(/^AWS_ACCESS_KEY_ID=/)
  },
  // Some forty processes one after the other.
  180_000,
)

test('its table of exit codes is the one that is used', () => {
  for (const { code, means } of exitCodes) expect(text).toContain(`| ${code} | ${means} |`)
})
