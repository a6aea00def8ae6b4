// A profile's region goes wherever its credentials go: not the identity pool's, where the profile says another.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpointVariables, formatVariables } from '../../../main/credentials/formats.ts'
import { credentialFormats, exportRegionOf, type Profile } from '../../../main/profiles/profile.ts'
import { type Run, startWorld, type TestWorld } from '../agent/support.ts'

const region = 'ap-southeast-2'
let world: TestWorld
let ana: Profile
beforeAll(async () => {
  world = await startWorld()
  ana = await world.add({ name: 'ana', exportRegion: region })
  await world.signIn(ana)
})
afterAll(() => world[Symbol.asyncDispose]())

const fine = (run: Run): string => {
  expect(run).toMatchObject({ code: 0, stderr: '' })
  return run.stdout
}

/** The answer of a credential_process has no place for one: whoever runs it has the region in its own section. */
const withRegion = credentialFormats.filter((format) => format !== 'json')

test.each(withRegion)('in the format %s', async (format) => {
  const { text }: { text: string } = JSON.parse(
    fine(await world.curl(`/v1/profiles/ana/credentials/${format}`)),
  )
  expect(text).toContain(region)
  expect(text).not.toContain('eu-west-1')
})

test.each([[[]], [['--server']]])('in the environment of exec %j', async (options) => {
  const command = ['sh', '-c', 'echo $AWS_REGION $AWS_DEFAULT_REGION']
  expect(fine(await world.sesame(['exec', ...options, 'ana', '--', ...command]))).toBe(
    `${region} ${region}\n`,
  )
})

test('in the lines of the container endpoint', () => {
  const variables = endpointVariables({ uri: 'http://127.0.0.1:1', token: 't' }, exportRegionOf(ana))
  expect(formatVariables(variables, { format: 'bash', platform: 'linux' })).toMatchObject({
    value: expect.stringMatching(`AWS_REGION=${region}\n.*AWS_DEFAULT_REGION=${region}\n`),
  })
})

describe('in the files of AWS', () => {
  test.each(['credentials-section', 'credential-process'] as const)('%s', async (kind) => {
    const input = { profile: ana, awsFiles: { kind }, credentials: undefined }
    expect(await world.engine.awsFiles.preview(input)).toMatchObject({
      value: { files: [{ text: expect.stringContaining(`region = ${region}\n`) }] },
    })
  })
})

test('in the console that the link leads to', async () => {
  const link = new URL(fine(await world.sesame(['console', 'ana'])).trim())
  expect(link.searchParams.get('Destination')).toMatch(new RegExp(`region=${region}$`))
})
