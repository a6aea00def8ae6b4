import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Sha256 } from '@aws-crypto/sha256-js'
import { GetCredentialsForIdentityCommand, GetIdCommand } from '@aws-sdk/client-cognito-identity'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { programs } from '../credentials/programs.ts'
import {
  IDENTITY_POOL,
  identityPoolClient,
  POOL,
  READER_ROLE,
  refusal,
  startStrict,
  tokensOf,
} from './kit.ts'

const run = promisify(execFile)

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

let server: CognitoServer
let good: Keys
beforeAll(async () => {
  server = await startStrict()
  good = await freshKeys()
})
afterAll(() => server.close())

async function freshKeys(): Promise<Keys> {
  const { IdToken } = await tokensOf(server)
  const Logins = { [`cognito-idp.eu-west-1.amazonaws.com/${POOL}`]: IdToken }
  const client = identityPoolClient(server)
  const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: IDENTITY_POOL, Logins }))
  const request = new GetCredentialsForIdentityCommand({ IdentityId, Logins, CustomRoleArn: READER_ROLE })
  const { Credentials } = await client.send(request)
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}

const ARN = 'arn:aws:sts::123456789012:assumed-role/Reader/CognitoIdentityCredentials'
const flip = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`)

/** Each way of spoiling credentials, and the code STS answers with. */
const TAMPERED: [string, (keys: Keys) => Keys, string][] = [
  [
    'secret key',
    (keys) => ({ ...keys, secretAccessKey: flip(keys.secretAccessKey) }),
    'SignatureDoesNotMatch',
  ],
  ['access key id', (keys) => ({ ...keys, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' }), 'InvalidClientTokenId'],
  ['session token', (keys) => ({ ...keys, sessionToken: flip(keys.sessionToken) }), 'InvalidClientTokenId'],
]

describe('AWS SDK for JavaScript', () => {
  const whoAmI = (credentials: Keys) =>
    new STSClient({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1, credentials }).send(
      new GetCallerIdentityCommand({}),
    )

  test('learns whose credentials it has', async () => {
    expect(await whoAmI(good)).toMatchObject({
      Arn: ARN,
      Account: '123456789012',
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:CognitoIdentityCredentials$/),
    })
  })

  test.each(TAMPERED)('is refused with a tampered %s', async (_what, tamper, code) => {
    await expect(whoAmI(tamper(good))).rejects.toMatchObject({
      Code: code,
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('is refused once the credentials have expired', async () => {
    await using later = await startStrict()
    const before = server
    server = later
    try {
      const keys = await freshKeys()
      // The client follows the Date header, so its signature stays fresh while its credentials age.
      later.clock.advance(3_600_000)
      const client = new STSClient({
        endpoint: later.url,
        region: 'eu-west-1',
        maxAttempts: 1,
        credentials: keys,
        systemClockOffset: 3_600_000,
      })
      expect(await refusal(client.send(new GetCallerIdentityCommand({})))).toMatch(
        /^ExpiredToken(?:Exception)?: The security token included in the request is expired/,
      )
    } finally {
      server = before
    }
  })
})

describe('a signature', () => {
  const BODY = 'Action=GetCallerIdentity&Version=2011-06-15'

  interface Spoiling {
    readonly signedAt?: number
    readonly service?: string
    readonly afterwards?: (headers: Record<string, string>) => Record<string, string>
    readonly body?: string
  }

  /** Signs with AWS's own signer, spoils the result, and says what STS thinks of it. */
  async function send({ signedAt = server.clock.now(), service = 'sts', afterwards, body = BODY }: Spoiling) {
    const signer = new SignatureV4({ credentials: good, region: 'eu-west-1', service, sha256: Sha256 })
    const { headers } = await signer.sign(
      {
        method: 'POST',
        protocol: 'http:',
        hostname: '127.0.0.1',
        path: '/',
        headers: {
          host: new URL(server.url).host,
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        },
        body: BODY,
      },
      { signingDate: new Date(signedAt) },
    )
    const response = await fetch(server.url, {
      method: 'POST',
      headers: afterwards?.(headers) ?? headers,
      body,
    })
    const text = await response.text()
    return { status: response.status, code: /<Code>(\w+)</.exec(text)?.[1] ?? 'none', text }
  }

  const without = (name: string) => (headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))

  test('of now is good', async () => {
    const { status, text } = await send({})
    expect(status).toBe(200)
    expect(text).toContain(`<Arn>${ARN}</Arn>`)
  })

  test.each([
    ['six minutes old', { signedAt: -360_000 }, 'SignatureDoesNotMatch', 'Signature expired'],
    ['from the future', { signedAt: 360_000 }, 'SignatureDoesNotMatch', 'Signature not yet current'],
  ])('%s is refused', async (_what, { signedAt }, code, sentence) => {
    const answer = await send({ signedAt: server.clock.now() + signedAt })
    expect(answer).toMatchObject({ status: 403, code })
    expect(answer.text).toContain(sentence)
  })

  test.each<[string, Spoiling, string]>([
    ['over another body, with the old hash claimed', { body: `${BODY}&More=1` }, 'SignatureDoesNotMatch'],
    ['for another service', { service: 's3' }, 'SignatureDoesNotMatch'],
    [
      'with a signed header changed',
      { afterwards: (headers) => ({ ...headers, 'content-type': 'application/x-www-form-urlencoded' }) },
      'SignatureDoesNotMatch',
    ],
    ['that is missing', { afterwards: without('authorization') }, 'MissingAuthenticationToken'],
    ['without its date', { afterwards: without('x-amz-date') }, 'IncompleteSignature'],
    ['without the session token', { afterwards: without('x-amz-security-token') }, 'InvalidClientTokenId'],
    [
      'of no known form',
      { afterwards: (headers) => ({ ...headers, authorization: 'AWS4-HMAC-SHA256 nonsense' }) },
      'IncompleteSignature',
    ],
  ])('%s is refused', async (_what, spoiling, code) => {
    expect((await send(spoiling)).code).toBe(code)
  })

  test('of another action is told that there is no such thing', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetNonsense&Version=2011-06-15',
    })
    expect(await response.text()).toContain('<Code>InvalidAction</Code>')
  })
})

/** An environment that knows these keys and nothing else of AWS. */
const environment = (keys: Keys) => ({
  PATH: '/usr/bin:/bin',
  HOME: '/nonexistent',
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_SESSION_TOKEN: keys.sessionToken,
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
})

const BOTO3 = `
import boto3, json, sys
identity = boto3.client('sts', endpoint_url=sys.argv[1]).get_caller_identity()
print(json.dumps({name: identity[name] for name in ('Arn', 'Account', 'UserId')}))
`

const CLIENTS = [
  [
    'AWS CLI',
    programs.aws,
    (url: string) => ['sts', 'get-caller-identity', '--endpoint-url', url, '--output', 'json'],
  ],
  ['boto3', programs.python, (url: string) => ['-c', BOTO3, url]],
] as const

describe.each(CLIENTS)('%s', (_name, program, argumentsFor) => {
  const isThere = program !== undefined
  const ask = (keys: Keys) => run(program ?? '', argumentsFor(server.url), { env: environment(keys) })

  test.skipIf(!isThere)('is accepted with the credentials that were issued', async () => {
    const { stdout } = await ask(good)
    expect(JSON.parse(stdout)).toMatchObject({ Arn: ARN, Account: '123456789012' })
  })

  test.skipIf(!isThere).each(TAMPERED)('is refused with a tampered %s', async (_what, tamper, code) => {
    await expect(ask(tamper(good))).rejects.toThrow(code)
  })
})
