// The AWS CLI, boto3 and the AWS SDK for JavaScript take their credentials from `sesame credential-process` and `sesame exec`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromProcess } from '@aws-sdk/credential-providers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import { cli, runProgram, startWorld, type TestWorld } from '../agent/support.ts'
import { programs } from '../credentials/programs.ts'

let world: TestWorld
let ana: Profile
beforeAll(async () => {
  // So short a life that every client asks for new ones each time.
  world = await startWorld({ credentialsSeconds: 900 })
  ana = await world.add()
  await world.add({ name: 'nobody' })
  await world.signIn(ana)
  const command = (name: string): string =>
    `${process.execPath} ${cli} --config-dir ${world.configDir} credential-process "${name}"`
  const section = (profile: string, name: string): string =>
    `[profile ${profile}]\nregion = eu-west-1\ncredential_process = ${command(name)}\n`
  writeFileSync(join(world.directory, 'config'), section('ana', 'acme · ana') + section('nobody', 'nobody'))
})
afterAll(() => world[Symbol.asyncDispose]())

const arn = expect.stringContaining('assumed-role/Reader')
const whoAmI = (): string[] => ['sts', 'get-caller-identity', '--endpoint-url', world.server.url]

describe.skipIf(programs.aws === undefined)('the AWS CLI', () => {
  const aws = (...args: string[]) => runProgram(programs.aws ?? '', args, { env: world.env })

  test('asks credential-process and is let in', async () => {
    const { code, stdout, stderr } = await aws('--profile', 'ana', ...whoAmI())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ Arn: arn })
  })

  test('tells a person what to do where there is no session', async () => {
    const { code, stderr } = await aws('--profile', 'nobody', ...whoAmI())
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/Nobody is signed in to this profile\.\s+Sign in\./)
  })

  test('runs in sesame exec', async () => {
    const { code, stdout, stderr } = await world.sesame([
      'exec',
      'acme · ana',
      '--',
      programs.aws ?? '',
      ...whoAmI(),
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ Arn: arn })
  })
})

describe.skipIf(programs.aws === undefined)('sesame exec --server', () => {
  const exec = (...command: string[]) => world.sesame(['exec', '--server', 'acme · ana', '--', ...command])

  test('serves the AWS CLI, whatever is in ~/.aws', async () => {
    const { directory } = world
    writeFileSync(
      join(directory, 'credentials'),
      '[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n',
    )
    const { code, stdout, stderr } = await exec(programs.aws ?? '', ...whoAmI())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ Arn: arn })
  })

  test('says before the command starts that there is nobody signed in', async () => {
    const run = await world.sesame(['exec', '--server', 'nobody', '--', 'echo', 'started'])
    expect(run).toMatchObject({ code: 3, stdout: '' })
  })
})

/** Lines of a program that waits for one of ours between its own. */
const converse = (command: string, args: readonly string[]) => {
  const child = spawn(command, args, { env: world.env, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)
  const iterator = lines[Symbol.asyncIterator]()
  return {
    next: async (): Promise<string> => String((await iterator.next()).value),
    go: (): void => void child.stdin.write('\n'),
    ended: once(child, 'exit'),
  }
}

describe.skipIf(programs.python === undefined)('boto3', () => {
  test('goes on with new credentials when the old ones are replaced behind its back', async () => {
    const script = `
import boto3, sys
session = boto3.Session(profile_name='ana')
sts = session.client('sts', endpoint_url='${world.server.url}')
def show():
  sts.get_caller_identity()
  print(session.get_credentials().get_frozen_credentials().access_key, flush=True)
show(); sys.stdin.readline(); show()`
    const client = converse(programs.python ?? '', ['-c', script])
    const before = await client.next()
    const renewed = await world.engine.sessions.getCredentials(ana.id, { forceRefresh: true })
    client.go()
    const after = await client.next()
    expect(await client.ended).toEqual([0, null])
    expect(before).toMatch(/^ASIA/)
    expect(renewed).toMatchObject({ ok: true, value: { credentials: { accessKeyId: after } } })
    expect(after).not.toBe(before)
  })
})

describe('the AWS SDK for JavaScript', () => {
  const client = (profile: string): STSClient =>
    new STSClient({
      region: 'eu-west-1',
      endpoint: world.server.url,
      credentials: fromProcess({
        profile,
        filepath: join(world.directory, 'credentials'),
        configFilepath: join(world.directory, 'config'),
      }),
    })

  test('asks credential-process by fromProcess and is let in', async () => {
    writeFileSync(join(world.directory, 'credentials'), '')
    expect(await client('ana').send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: arn })
  })

  test('tells a person what to do where there is no session', async () => {
    await expect(client('nobody').send(new GetCallerIdentityCommand({}))).rejects.toThrow(
      /Nobody is signed in/,
    )
  })
})

describe('whatever the app answers, a tool gets something it can act on', () => {
  test.each([
    ['a throttled identity pool', 'throttle', 7, /Cognito asks for fewer requests\.[\s\S]*Wait/],
    ['a page instead of an answer', 'html-500', 7, /\n.*(?:Wait|Check)/],
    ['a connection that is reset', 'reset', 7, /could not be reached\.[\s\S]*Check the network/],
  ] as const)('%s', async (_what, kind, code, text) => {
    // Another session, with no credentials to fall back on.
    const other = await world.add({ name: `other ${kind}` })
    await world.signIn(other)
    const fault = world.server.faults.add({
      match: { operation: 'GetCredentialsForIdentity', times: 'always' },
      fault: { kind },
    })
    const run = await world.sesame(['credential-process', other.id])
    fault.remove()
    expect(run).toMatchObject({ code, stdout: '' })
    expect(run.stderr).toMatch(text)
  })
})
