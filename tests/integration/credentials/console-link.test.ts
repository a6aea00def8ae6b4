// The console link against a federation endpoint that believes only credentials of its own.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createConsoleLink } from '../../../main/credentials/console-link.ts'
import type { AwsCredentials } from '../../../main/sessions/session.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { sampleCredentials } from '../../unit/credentials/samples.ts'
import { accessTo, grantOf, portsOf, valueOf } from '../cognito/support.ts'

const clientId = '4plainplainplainplainplain'
const userPoolId = 'eu-west-1_Test0Pool'
const identityPoolId = 'eu-central-1:12345678-90ab-cdef-1234-567890abcdef'
const ana = { username: 'ana', password: 'Correct-Horse-9' }

let server: CognitoServer
let credentials: AwsCredentials
beforeEach(async () => {
  server = await startCognitoServer({
    pools: [{ id: userPoolId, clients: [{ id: clientId }], users: [ana] }],
    identityPools: [
      {
        id: identityPoolId,
        providers: [{ userPoolId, clientId }],
        roles: { authenticated: 'arn:aws:iam::111122223333:role/Reader' },
      },
    ],
  })
  const { issuer, source } = portsOf()
  const access = accessTo(server.url, { userPoolId, clientId, identityPoolId })
  const { tokens } = grantOf(await issuer.signIn(access, ana))
  const input = { idToken: tokens.idToken, roleArn: undefined, identityId: undefined }
  ;({ credentials } = valueOf(await source.fetch(access.profile, input)))
})
afterEach(() => server.close())

const region = 'eu-west-1'
/** What the server's own console page says. */
const visit = async (url: string) => {
  const page = await fetch(url)
  expect(page.status).toBe(200)
  return (await page.text()).replaceAll('&amp;', '&')
}

test('leads into the console of the region', async () => {
  const { url } = valueOf(await createConsoleLink({ credentials, region, federationUrl: server.url }))
  expect(await visit(url)).toContain('at https://console.aws.amazon.com/console/home?region=eu-west-1<')
  expect(url).not.toContain(encodeURIComponent(credentials.secretAccessKey))
  expect(url).toContain('Issuer=Sesame')
})

test('leads to the page that was asked for', async () => {
  const destination = 'https://console.aws.amazon.com/s3/home?region=eu-west-1&tab=buckets'
  const input = { credentials, region, federationUrl: `${server.url}/`, destination }
  const { url } = valueOf(await createConsoleLink(input))
  expect(await visit(url)).toContain(`at ${destination}<`)
})

test('credentials that the endpoint does not take are a refusal that says what to do', async () => {
  const input = { credentials: sampleCredentials, region, federationUrl: server.url }
  expect(await createConsoleLink(input)).toMatchObject({ failure: { code: 'credentials.console' } })
})

test.each([
  ['service.unavailable', { kind: 'html-500' }],
  ['network.offline', { kind: 'reset' }],
] as const)('%s where the endpoint has trouble', async (code, fault) => {
  server.faults.add({ fault, match: { operation: 'getSigninToken' } })
  const failed = await createConsoleLink({ credentials, region, federationUrl: server.url })
  expect(failed).toMatchObject({ failure: { code } })
  expect(JSON.stringify(failed)).not.toContain(credentials.sessionToken)
})

test.each([
  ['eu-west-1', 'https://signin.aws.amazon.com', 'https://console.aws.amazon.com'],
  ['us-east-1', 'https://signin.aws.amazon.com', 'https://console.aws.amazon.com'],
  ['cn-north-1', 'https://signin.amazonaws.cn', 'https://console.amazonaws.cn'],
  ['cn-northwest-1', 'https://signin.amazonaws.cn', 'https://console.amazonaws.cn'],
  ['us-gov-west-1', 'https://signin.amazonaws-us-gov.com', 'https://console.amazonaws-us-gov.com'],
  ['us-gov-east-1', 'https://signin.amazonaws-us-gov.com', 'https://console.amazonaws-us-gov.com'],
])('%s has the endpoint and console of its partition', async (of, endpoint, home) => {
  const asked: URL[] = []
  const answering: typeof fetch = async (input) => {
    asked.push(new URL(input instanceof Request ? input.url : input))
    return Response.json({ SigninToken: 'token' })
  }
  const { url } = valueOf(await createConsoleLink({ credentials, region: of }, { fetch: answering }))
  expect(asked.map(({ origin, pathname }) => origin + pathname)).toEqual([`${endpoint}/federation`])
  const { origin, searchParams } = new URL(url)
  expect(origin).toBe(endpoint)
  expect(searchParams.get('Destination')).toBe(`${home}/console/home?region=${of}`)
})
