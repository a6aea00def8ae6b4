// Every command in a process of its own, as a person or a script runs it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import { password, type Run, startWorld, type TestWorld, totpSecret } from '../agent/support.ts'

let world: TestWorld
let ana: Profile
beforeAll(async () => {
  world = await startWorld()
  ana = await world.add()
  await world.add({ name: 'acme · ben', username: 'ben' })
  await world.add({ name: 'new cleo', username: 'cleo' })
  await world.add({ name: 'hidden', availableToCommandLine: false })
  await world.add({ name: 'poolless', identityPoolId: undefined })
  await world.signIn(ana)
})
afterAll(() => world[Symbol.asyncDispose]())

const json = ({ stdout }: Run): unknown => JSON.parse(stdout)

describe('answers', () => {
  test.each<[command: string, args: string[], text: RegExp]>([
    ['--version', ['--version'], /^\d+\.\d+\.\d+\n$/],
    ['--help', ['--help'], /Exit codes:[\s\S]* 127 /],
    [
      'profiles list',
      ['profiles', 'list'],
      /^NAME +ENVIRONMENT[\s\S]*acme · ana +development +active +ana +\d+ min/,
    ],
    ['profiles list --names', ['profiles', 'list', '--names'], /^acme · ana\nacme · ben\n/],
    ['profiles show', ['profiles', 'show', 'acme · ana'], /userPoolId +eu-west-1_Terminal1/],
    ['whoami', ['whoami', 'acme · a'], /Username +ana\n[\s\S]*Groups +readers\n/],
    ['claims', ['claims', 'acme · ana'], /email +ana@example\.com\n[\s\S]*Signature verified\n$/],
    ['claims --kind access', ['claims', 'acme · ana', '--kind', 'access'], /token_use +access\n/],
    ['token', ['token', 'acme · ana'], /^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/],
    ['token --header', ['token', '--header', 'acme · ana'], /^Authorization: Bearer eyJ\S+\n$/],
    ['refresh', ['refresh', 'acme · ana'], /^Refreshed\. Tokens: \d+ min left\.\n$/],
    ['credentials', ['credentials', 'acme · ana'], /^export AWS_ACCESS_KEY_ID=/],
    ['credentials fish', ['credentials', 'acme · ana', '--format', 'fish'], /^set -gx AWS_ACCESS_KEY_ID /],
    [
      'credentials powershell',
      ['credentials', 'acme · ana', '--format', 'powershell'],
      /^\$env:AWS_ACCESS_KEY_ID = /,
    ],
    ['credentials cmd', ['credentials', 'acme · ana', '--format', 'cmd'], /^set "AWS_ACCESS_KEY_ID=/],
    ['credentials dotenv', ['credentials', 'acme · ana', '--format', 'dotenv'], /^AWS_ACCESS_KEY_ID=/],
    ['credentials json', ['credentials', 'acme · ana', '--format', 'json'], /^\{\n {2}"Version": 1,/],
    [
      'credentials aws-credentials',
      ['credentials', 'acme · ana', '--format', 'aws-credentials'],
      /^\[acme-ana\]\n/,
    ],
    ['credentials process', ['credentials', 'acme · ana', '--format', 'process'], /^\{"Version":1,.*\}\n$/],
    ['credential-process', ['credential-process', 'acme · ana'], /^\{"Version":1,.*\}\n$/],
    [
      'exec',
      ['exec', 'acme · ana', '--', 'sh', '-c', 'echo $AWS_REGION $SESAME_PROFILE'],
      /^eu-west-1 acme · ana\n$/,
    ],
    ['profiles export', ['profiles', 'export', 'acme · ana'], /"kind": "sesame-profiles"/],
    ['doctor', ['doctor'], /App +running\n[\s\S]*Profiles +\d+, \d+ available/],
    ['completion', ['completion', 'bash'], /complete -F _sesame sesame/],
  ])('%s', async (_command, args, text) => {
    const { code, stdout, stderr } = await world.sesame(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(text)
  })

  test.each<[args: string[], shape: object]>([
    [
      ['profiles', 'list'],
      expect.arrayContaining([expect.objectContaining({ name: 'acme · ana', status: 'active' })]),
    ],
    [['profiles', 'show', 'acme · ana'], { clientId: 'terminalclient', session: 'active' }],
    [['whoami', 'acme · ana'], { username: 'ana', groups: ['readers'] }],
    [['claims', 'acme · ana'], { verification: { kind: 'verified' }, claims: { email: 'ana@example.com' } }],
    [['token', 'acme · ana', '--kind', 'id'], { kind: 'id', expiresAt: expect.any(String) }],
    [['refresh', 'acme · ana'], { refreshed: true }],
    [['credentials', 'acme · ana'], { format: 'bash', text: expect.stringContaining('export ') }],
    [['credential-process', 'acme · ana'], { Version: 1 }],
    [['doctor'], { App: 'running' }],
  ])('%j in JSON', async (args, shape) => {
    const { code, ...run } = await world.sesame(['--json', ...args])
    expect(code).toBe(0)
    expect(json({ code, ...run })).toMatchObject(shape)
  })
})

describe('refusals say what to do, on stderr, with their exit code', () => {
  test.each<[what: string, args: string[], code: number, text: RegExp]>([
    ['no such command', ['sign-on'], 2, /unknown command 'sign-on'[\s\S]*sesame --help/],
    ['an argument too few', ['token'], 2, /missing required argument/],
    ['an unknown format', ['credentials', 'acme · ana', '--format', 'yaml'], 2, /Allowed choices are bash/],
    ['nothing to run', ['exec', 'acme · ana'], 2, /behind two dashes/],
    ['a program that is not there', ['exec', 'acme · ana', '--', 'no-such-program'], 127, /no-such-program/],
    ['nobody signed in', ['token', 'acme · ben'], 3, /Nobody is signed in[\s\S]*Sign in/],
    [
      'nobody signed in, for a tool',
      ['credential-process', 'acme · ben'],
      3,
      /Nobody is signed in[\s\S]*Sign in/,
    ],
    ['an unknown profile', ['whoami', 'zeta'], 5, /No profile has this name[\s\S]*sesame profiles list/],
    ['an ambiguous one', ['whoami', 'acme'], 5, /acme · ana, acme · ben/],
    ['one not turned on', ['credential-process', 'hidden'], 5, /Turn on "Available to the command line"/],
    [
      'a password as an argument',
      ['sign-in', 'acme · ben', '--password', 'canary-pw'],
      2,
      /--password-stdin/,
    ],
    ['a password behind =', ['sign-in', 'acme · ben', '--password=canary-pw'], 2, /--password-stdin/],
    [
      'a client secret as an argument',
      ['profiles', 'add', '--client-secret', 'x'],
      2,
      /--client-secret-stdin/,
    ],
    ['nobody there to ask', ['sign-in', 'acme · ben'], 2, /no terminal[\s\S]*--password-stdin/],
    [
      'a browser that has nowhere to go',
      ['sign-in', 'acme · ben', '--browser'],
      6,
      /Enter the pool's domain/,
    ],
    [
      'a browser and a password',
      ['sign-in', 'acme · ben', '--browser', '--password-stdin'],
      2,
      /cannot be used with option '--password-stdin'/,
    ],
    ['an import not confirmed', ['profiles', 'import', '-'], 2, /names a user pool/],
    ['a removal not confirmed', ['profiles', 'remove', 'acme · ben'], 2, /--yes/],
    [
      'a bad pool id',
      ['profiles', 'add', '--name', 'x', '--user-pool', 'pool', '--client', 'abc'],
      2,
      /userPoolId[\s\S]*/,
    ],
    ['a change of nothing', ['profiles', 'change', 'acme · ben'], 2, /Nothing to change[\s\S]*--help/],
    [
      'no secret in the pipe',
      ['profiles', 'set-client-secret', 'acme · ben', '--client-secret-stdin'],
      2,
      /No client secret came in/,
    ],
    [
      'credentials too short-lived for AWS',
      ['profiles', 'change', 'acme · ben', '--aws-seconds', '60'],
      2,
      /15 minutes or more.*credentialsSeconds/,
    ],
    [
      'no identity pool',
      ['exec', 'poolless', '--', 'true'],
      6,
      /has no identity pool[\s\S]*sesame profiles change poolless --identity-pool ID/,
    ],
    ['a file that is not there', ['profiles', 'import', '/no/such/file'], 2, /ENOENT/],
  ])('%s', async (_what, args, code, text) => {
    const run = await world.sesame(args)
    expect(run).toMatchObject({ code, stdout: '' })
    expect(run.stderr).toMatch(text)
    expect(run.stderr).not.toContain('canary-pw')
  })

  test('in JSON where that was asked for', async () => {
    const { code, stdout, stderr } = await world.sesame(['--json', 'token', 'acme · ben'])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'session.none', remedy: "Sign in with: sesame sign-in 'acme · ben'" },
    })
  })
})

describe('signing in and out', () => {
  const totp = (): string => new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate()

  test('with a password from a pipe and a code', async () => {
    const args = ['sign-in', 'acme · ben', '--password-stdin', '--code', totp()]
    const run = await world.sesame(args, { input: `${password}\n` })
    expect(run).toEqual({ code: 0, stdout: 'Signed in to acme · ben.\n', stderr: '' })
    expect((await world.sesame(['whoami', 'acme · ben'])).stdout).toMatch(/Username +ben/)

    const out = await world.sesame(['sign-out', 'acme · ben'])
    expect(out.code).toBe(0)
    expect(out.stdout).toMatch(
      /^acme · ben: signed out on this device \(tokens already handed out pass for \d+ min\)\n$/,
    )
    expect((await world.sesame(['token', 'acme · ben'])).code).toBe(3)
  })

  test('with a new password where one is asked for', async () => {
    const run = await world.sesame(['sign-in', 'new cleo', '--password-stdin'], {
      input: `${password}\nBetter-Horse-10\n`,
    })
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect((await world.sesame(['sign-out', 'new cleo', '--global'])).stdout).toMatch(
      /signed out on all devices/,
    )
  })

  test('a wrong password is refused, and says that it was', async () => {
    const run = await world.sesame(['sign-in', 'acme · ben', '--password-stdin'], {
      input: 'Wrong-Horse-9\n',
    })
    expect(run).toMatchObject({ code: 4, stdout: '' })
    expect(run.stderr).toMatch(/Incorrect username or password\.[\s\S]*Check both/)
  })

  test('a wrong code is refused and the attempt dropped', async () => {
    const run = await world.sesame(['sign-in', 'acme · ben', '--password-stdin', '--code', '000000'], {
      input: `${password}\n`,
    })
    expect(run).toMatchObject({ code: 4, stdout: '' })
    expect(run.stderr).toMatch(/That code is not right/)
  })

  test('of all at once, naming what was left', async () => {
    const run = await world.sesame(['sign-out', '--all'])
    expect(run.code).toBe(0)
    expect(run.stdout).toMatch(/acme · ana: signed out on this device/)
    expect(run.stdout).toMatch(/Left alone, not available to the command line: hidden\n$/)
    await world.signIn(ana)
  })
})

describe('profiles', () => {
  test('are added, shared without secrets and ids, imported and removed', async () => {
    const { url } = world.server
    const added = await world.sesame(
      [
        'profiles',
        'add',
        '--name',
        'added',
        '--user-pool',
        'eu-west-1_Terminal1',
        '--client',
        'secretclient',
        '--storage',
        'memory',
        '--user-pool-endpoint',
        url,
        '--client-secret-stdin',
      ],
      { input: 'the-client-secret-canary\n' },
    )
    expect(added).toMatchObject({ code: 0, stderr: '' })
    const signedIn = await world.sesame(['sign-in', 'added', '--username', 'ana', '--password-stdin'], {
      input: password,
    })
    expect(signedIn).toMatchObject({ code: 0, stderr: '' })

    const file = join(world.directory, 'shared.json')
    expect((await world.sesame(['profiles', 'export', 'acme · ana', '--output', file])).code).toBe(0)
    const everything = await world.sesame(['profiles', 'export'])
    expect(everything.stdout).not.toMatch(/canary|"id"/)

    const again = await world.sesame(['profiles', 'import', file, '--yes'])
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing new for acme · ana.\n' })
    const other = everything.stdout.replaceAll('acme', 'umbrella').replaceAll('terminalclient', 'another')
    writeFileSync(file, other)
    expect(await world.sesame(['profiles', 'import', file])).toMatchObject({ code: 2, stdout: '' })
    expect((await world.sesame(['profiles', 'import', file, '--yes'])).stdout).toContain(
      'Added umbrella · ana.',
    )
    const setSecret = (input: string) =>
      world.sesame(['profiles', 'set-client-secret', 'added', '--client-secret-stdin'], { input })
    const saved = { code: 0, stdout: 'Saved the secret of added.\n' }
    expect(await setSecret('another-canary\n')).toMatchObject(saved)
    const refused = await world.sesame(['sign-in', 'added', '--username', 'ana', '--password-stdin'], {
      input: password,
    })
    expect(refused).toMatchObject({ code: 6, stderr: expect.stringMatching(/app client secret/) })

    // With a secret that Cognito does not take, the session could not be ended there either.
    expect(await setSecret('the-client-secret-canary\n')).toMatchObject(saved)
    expect((await world.sesame(['profiles', 'remove', 'added', '--yes'])).stdout).toBe(
      'Removed added.\nIts session was ended at Cognito.\n',
    )
    expect(world.server.requests.list({ operation: 'RevokeToken' }).at(-1)?.outcome).toBe('ok')
    for (const name of ['umbrella · ana', 'umbrella · ben'])
      expect((await world.sesame(['profiles', 'remove', name, '--yes'])).stdout).toBe(`Removed ${name}.\n`)
    expect((await world.sesame(['whoami', 'umbrella · ana'])).code).toBe(5)
  })
})

describe('exec', () => {
  test('ends as its child does, whose environment has no other credentials', async () => {
    const script = 'echo "$AWS_PROFILE|$AWS_ROLE_ARN|$AWS_ACCESS_KEY_ID"; exit 7'
    const run = await world.sesame(['exec', 'acme · ana', '--', 'sh', '-c', script], {
      env: { AWS_PROFILE: 'other', AWS_ROLE_ARN: 'x', AWS_ACCESS_KEY_ID: 'AKIAOTHER' },
    })
    expect(run.code).toBe(7)
    expect(run.stdout).toMatch(/^\|\|ASIA\w+\n$/)
  })

  test('hands its input on, and tells by which signal its child ended', async () => {
    const cat = await world.sesame(['exec', 'acme · ana', '--', 'cat'], { input: 'through' })
    expect(cat).toEqual({ code: 0, stdout: 'through', stderr: '' })
    const killed = await world.sesame(['exec', 'acme · ana', '--', 'sh', '-c', 'kill -TERM $$'])
    expect(killed.code).toBe(143)
  })
})
