// botocore and the AWS CLI take what Sesame writes for what it is.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ExportedCredentials, formatCredentials } from '../../../main/credentials/formats.ts'
import type { CredentialFormat } from '../../../main/profiles/profile.ts'
import {
  anyCredentials,
  awsCredentials,
  draw,
  sampleCredentials,
  seed,
} from '../../unit/credentials/samples.ts'
import { type Home, makeHome, output, programs } from './programs.ts'

const soon: ExportedCredentials = { ...sampleCredentials, expiresAt: Date.now() + 5 * 60_000 }
const gone: ExportedCredentials = { ...sampleCredentials, expiresAt: Date.now() - 60_000 }

let home: Home
beforeEach(() => {
  home = makeHome()
})
afterEach(() => home.remove())

const written = (
  credentials: ExportedCredentials,
  format: CredentialFormat,
  sectionName = 'acme-staging · ana',
) => {
  const text = formatCredentials(credentials, { format, region: 'eu-west-1', sectionName, platform: 'linux' })
  return text.ok ? text.value : undefined
}

const section = {
  AccessKeyId: sampleCredentials.accessKeyId,
  SecretAccessKey: sampleCredentials.secretAccessKey,
  SessionToken: sampleCredentials.sessionToken,
}

describe.skipIf(programs.python === undefined)('botocore', () => {
  const python = (script: string, env: NodeJS.ProcessEnv = {}): unknown =>
    JSON.parse(output(programs.python ?? '', ['-c', script], { env: { ...home.env, ...env } }))

  const show = `
import json
c = session.get_credentials().get_frozen_credentials()
print(json.dumps([session.get_config_variable('region'), {'AccessKeyId': c.access_key, 'SecretAccessKey': c.secret_key, 'SessionToken': c.token}]))`

  test('reads the section of the credentials file, its region included', () => {
    writeFileSync(join(home.directory, 'credentials'), written(soon, 'aws-credentials') ?? '')
    const read = python(
      `import botocore.session; session = botocore.session.Session(profile='acme-staging-ana')${show}`,
    )
    expect(read).toEqual(['eu-west-1', section])
  })

  test('reads every section that is not refused', () => {
    const sections = [...draw(anyCredentials, 400), ...draw(awsCredentials, 50)].flatMap(
      (credentials, at) => {
        const text = written(credentials, 'aws-credentials', `p${at}`)
        const { accessKeyId, secretAccessKey, sessionToken } = credentials
        return text === undefined
          ? []
          : [{ values: [`p${at}`, accessKeyId, secretAccessKey, sessionToken], text }]
      },
    )
    writeFileSync(join(home.directory, 'credentials'), sections.map(({ text }) => text).join('\n'))
    const read = python(`
import json, botocore.configloader
names = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']
found = botocore.configloader.raw_config_parse('${join(home.directory, 'credentials')}')
print(json.dumps([[name, *(found[name][key] for key in names)] for name in found]))`)
    expect(read, `with seed ${seed}`).toEqual(sections.map(({ values }) => values))
  })

  test('reads the JSON as the answer of a credential_process', () => {
    const answer = join(home.directory, 'answer.json')
    writeFileSync(answer, written(soon, 'json') ?? '')
    writeFileSync(
      join(home.directory, 'config'),
      `[profile p]\nregion = eu-west-1\ncredential_process = cat ${answer}\n`,
    )
    const read = python(`import botocore.session; session = botocore.session.Session(profile='p')${show}`)
    expect(read).toEqual(['eu-west-1', section])
  })

  const inBash = (credentials: ExportedCredentials): string =>
    output(
      'bash',
      [
        '--norc',
        '-c',
        `${written(credentials, 'bash')}\n"$0" -c "import botocore.session; session = botocore.session.Session()${show}"`,
        programs.python ?? '',
      ],
      { env: home.env },
    )

  test.skipIf(programs.bash === undefined)(
    'takes credentials and region from a pasted bash block, minutes before its expiry too',
    () => {
      expect(JSON.parse(inBash(soon))).toEqual(['eu-west-1', section])
    },
  )

  test.skipIf(programs.bash === undefined)(
    'says that pasted credentials have run out, instead of sending them',
    () => {
      expect(() => inBash(gone)).toThrow('expired')
    },
  )
})

describe.skipIf(programs.aws === undefined)('the AWS CLI', () => {
  test('hands on what the section of the credentials file says', () => {
    writeFileSync(join(home.directory, 'credentials'), written(soon, 'aws-credentials') ?? '')
    const args = ['configure', 'export-credentials', '--profile', 'acme-staging-ana', '--format', 'process']
    expect(JSON.parse(output(programs.aws ?? '', args, { env: home.env }))).toEqual({
      Version: 1,
      ...section,
    })
  })
})

describe('the AWS SDK for JavaScript', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('reads the section of the credentials file, its region included', async () => {
    writeFileSync(join(home.directory, 'credentials'), written(soon, 'aws-credentials') ?? '')
    for (const [name, value] of Object.entries(home.env)) vi.stubEnv(name, value)
    const client = new STSClient({ profile: 'acme-staging-ana' })
    expect(await client.config.region()).toBe('eu-west-1')
    expect(await client.config.credentials()).toMatchObject({
      accessKeyId: soon.accessKeyId,
      secretAccessKey: soon.secretAccessKey,
      sessionToken: soon.sessionToken,
    })
  })
})
