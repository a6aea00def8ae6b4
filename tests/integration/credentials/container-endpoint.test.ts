// AWS's own clients find their credentials at the container endpoint, and new ones when those before run low.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fromContainerMetadata, fromHttp } from '@aws-sdk/credential-providers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type ContainerEndpoint,
  startContainerEndpoint,
} from '../../../main/credentials/container-endpoint.ts'
import type { ExportedCredentials } from '../../../main/credentials/formats.ts'
import { fail, ok, type Result } from '../../../main/failure.ts'
import { sampleCredentials } from '../../unit/credentials/samples.ts'
import { valueOf } from '../cognito/support.ts'
import { type Home, makeHome, programs } from './programs.ts'

let home: Home
let endpoint: ContainerEndpoint
let answer: () => Result<ExportedCredentials>
const issued = (id: string, minutes: number): Result<ExportedCredentials> =>
  ok({ ...sampleCredentials, accessKeyId: id, expiresAt: Date.now() + minutes * 60_000 })

beforeEach(async () => {
  home = makeHome()
  answer = () => issued('ASIAFIRST', 60)
  endpoint = valueOf(await startContainerEndpoint({ get: () => Promise.resolve(answer()) }))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await endpoint.close()
  home.remove()
})

const environment = () => ({
  ...home.env,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint.uri,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: endpoint.token,
})

/** The endpoint lives in this process, so a client must not block it. */
const run = async (command: string, args: readonly string[]) => {
  const child = spawn(command, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, errors] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  const [status] = await once(child, 'close')
  return { status, out, errors }
}

test.skipIf(programs.aws === undefined)('the AWS CLI', async () => {
  const { out } = await run(programs.aws ?? '', ['configure', 'export-credentials', '--format', 'process'])
  expect(JSON.parse(out)).toMatchObject({
    AccessKeyId: 'ASIAFIRST',
    SecretAccessKey: sampleCredentials.secretAccessKey,
    SessionToken: sampleCredentials.sessionToken,
    Expiration: expect.any(String),
  })
})

describe.skipIf(programs.python === undefined)('botocore', () => {
  const script = `
import botocore.session
credentials = botocore.session.Session().get_credentials()
print(credentials.get_frozen_credentials().access_key)
`
  test('takes new credentials as soon as those before run low, in one long run', async () => {
    const ids = ['ASIALOW', 'ASIANEXT']
    let asked = 0
    answer = () => {
      const id = ids[Math.min(asked, 1)] ?? ''
      asked += 1
      // Ten minutes or less make botocore ask again on the next use.
      return issued(id, id === 'ASIALOW' ? 9 : 60)
    }
    await endpoint.close()
    endpoint = valueOf(await startContainerEndpoint({ get: () => Promise.resolve(answer()) }))
    asked = 0
    const { out } = await run(programs.python ?? '', [
      '-c',
      `${script}print(credentials.get_frozen_credentials().access_key)`,
    ])
    expect(out.trim().split('\n').at(-1)).toBe('ASIANEXT')
  })

  test('tells the person what Sesame says', async () => {
    answer = () => fail('session.none')
    const { status, errors } = await run(programs.python ?? '', ['-c', script])
    expect(status).not.toBe(0)
    expect(errors).toContain('Nobody is signed in to this profile')
  })
})

describe('the SDK for JavaScript', () => {
  beforeEach(() => {
    for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value)
  })

  test.each([
    ['fromHttp', () => fromHttp({})()],
    ['fromContainerMetadata', () => fromContainerMetadata({ timeout: 1_000 })()],
  ])('%s', async (_, provide) => {
    expect(await provide()).toMatchObject({
      accessKeyId: 'ASIAFIRST',
      secretAccessKey: sampleCredentials.secretAccessKey,
      sessionToken: sampleCredentials.sessionToken,
      expiration: expect.any(Date),
    })
  })

  test('fromHttp tells the person what Sesame says', async () => {
    answer = () => fail('session.none')
    await expect(fromHttp({ maxRetries: 0 })()).rejects.toMatchObject({
      Message: expect.stringContaining('Nobody is signed in'),
    })
  })
})
