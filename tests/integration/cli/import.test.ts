// `profiles import`: every kind of file that names a user pool, shown before it is taken, by the command as a process of its own.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type TestWorld } from '../agent/support.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startWorld()
  await world.add({ name: 'mine' })
  await world.add({ name: 'hidden', clientId: 'hiddenclient', availableToCommandLine: false })
})
afterAll(() => world[Symbol.asyncDispose]())

const pool = 'eu-west-1_Terminal1'
const file = (name: string, content: unknown): string => {
  const path = join(world.directory, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const preview = async (path: string): Promise<unknown> => {
  const { code, stdout, stderr } = await world.sesame(['--json', 'profiles', 'import', path, '--dry-run'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('shows what it would do with', () => {
  test.each<[name: string, content: unknown, format: string, clientId: string]>([
    [
      'amplify_outputs.json',
      { auth: { aws_region: 'eu-west-1', user_pool_id: pool, user_pool_client_id: 'amplifyclient' } },
      'amplify-outputs',
      'amplifyclient',
    ],
    [
      'aws-exports.js',
      `const awsmobile = { aws_user_pools_id: '${pool}', aws_user_pools_web_client_id: 'exportsclient' }\nexport default awsmobile\n`,
      'aws-exports',
      'exportsclient',
    ],
    [
      'cdk-outputs.json',
      { AuthStack: { UserPoolId: pool, UserPoolClientId: '8h2v9q1t0abcdefghijklmnopq' } },
      'cdk-outputs',
      '8h2v9q1t0abcdefghijklmnopq',
    ],
  ])('%s', async (name, content, format, clientId) => {
    expect(await preview(file(name, content))).toMatchObject({
      format,
      profiles: [
        {
          action: 'add',
          settings: { userPoolId: pool, clientId },
        },
      ],
    })
    expect(world.engine.profiles.list()).toHaveLength(2)
  })

  test('one that is there already, change by change, in words and in JSON', async () => {
    const path = file('changed.json', {
      kind: 'sesame-profiles',
      version: 1,
      profiles: [{ name: 'mine', userPoolId: pool, clientId: 'terminalclient', exportRegion: 'us-east-2' }],
    })
    expect(await preview(path)).toMatchObject({
      format: 'shared-profiles',
      profiles: [
        { action: 'change', profile: 'mine', changes: [{ field: 'exportRegion', to: 'us-east-2' }] },
      ],
    })
    const { stdout } = await world.sesame(['profiles', 'import', path, '--dry-run'])
    expect(stdout).toBe('change  mine  exportRegion: not set → us-east-2\n')
  })
})

describe('does', () => {
  test('what it said, from standard input too, and says what became of each', async () => {
    const input = JSON.stringify({
      kind: 'sesame-profiles',
      version: 1,
      profiles: [
        { name: 'mine', userPoolId: pool, clientId: 'terminalclient', exportRegion: 'us-east-2' },
        { name: 'secretive', userPoolId: pool, clientId: 'secretclient', hasClientSecret: true },
        { name: 'theirs', userPoolId: pool, clientId: 'hiddenclient', exportRegion: 'us-east-2' },
        { name: 'half', userPoolId: pool },
      ],
    })
    const { code, stdout } = await world.sesame(['--json', 'profiles', 'import', '-', '--yes'], { input })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      added: ['secretive'],
      changed: ['mine'],
      unchanged: [],
      refused: [
        { name: 'hidden', message: expect.stringContaining('not available to the command line') },
        { name: 'half' },
      ],
    })
    const names = world.engine.profiles.list().map(({ name, exportRegion }) => [name, exportRegion])
    expect(names).toEqual([
      ['mine', 'us-east-2'],
      ['hidden', undefined],
      ['secretive', undefined],
    ])
  })

  test('nothing that a file allows in its owner’s place', async () => {
    const path = file('consent.json', {
      kind: 'sesame-profiles',
      version: 1,
      profiles: [
        { name: 'x', userPoolId: pool, clientId: 'x', awsFiles: { kind: 'credentials-section' } },
        { name: 'theirs', userPoolId: pool, clientId: 'hiddenclient', availableToCommandLine: true },
      ],
    })
    expect(JSON.stringify(await preview(path))).not.toMatch(/awsFiles|availableToCommandLine/)
    const { stdout } = await world.sesame(['profiles', 'export', 'mine'])
    expect(stdout).not.toMatch(/awsFiles|availableToCommandLine|"id"/)
  })

  test('nothing with a file that says nothing, whose text it does not repeat', async () => {
    const run = await world.sesame(['profiles', 'import', file('notes.txt', 'secret-canary'), '--yes'])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(/Nothing in this text names a user pool/)
    expect(run.stderr).not.toContain('canary')
  })
})
