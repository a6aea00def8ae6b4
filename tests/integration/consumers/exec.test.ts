// `sesame exec` gives the real AWS CLI its credentials, and what a tool reads where there are none.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import { startWorld, type TestWorld } from '../agent/support.ts'
import { programs } from '../credentials/programs.ts'

let world: TestWorld
let ana: Profile
beforeAll(async () => {
  world = await startWorld()
  ana = await world.add()
  await world.add({ name: 'nobody' })
  await world.signIn(ana)
})
afterAll(() => world[Symbol.asyncDispose]())

const arn = expect.stringContaining('assumed-role/Reader')
const whoAmI = (): string[] => ['sts', 'get-caller-identity', '--endpoint-url', world.server.url]

describe.skipIf(programs.aws === undefined)('sesame exec', () => {
  test('runs the AWS CLI with credentials in its environment', async () => {
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
