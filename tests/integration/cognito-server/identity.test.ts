import { GetCredentialsForIdentityCommand, GetIdCommand } from '@aws-sdk/client-cognito-identity'
import { GlobalSignOutCommand } from '@aws-sdk/client-cognito-identity-provider'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import {
  decodeJwt,
  decodeProtectedHeader,
  exportSPKI,
  importJWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { createSigningKey } from '../../cognito-server/keys.ts'
import {
  ADMIN_ROLE,
  IDENTITY_POOL,
  identityPool,
  identityPoolClient,
  POOL,
  pool,
  READER_ROLE,
  refusal,
  startStrict,
  tokensOf,
  userPoolClient,
} from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
})
afterEach(() => server.close())

const PROVIDER = `cognito-idp.eu-west-1.amazonaws.com/${POOL}`

function getId(token: string | undefined, IdentityPoolId = IDENTITY_POOL, provider = PROVIDER) {
  const Logins = token === undefined ? undefined : { [provider]: token }
  return identityPoolClient(server).send(new GetIdCommand({ IdentityPoolId, Logins }))
}

function getCredentials(IdentityId: string | undefined, token: string | undefined, CustomRoleArn?: string) {
  const Logins = token === undefined ? undefined : { [PROVIDER]: token }
  return identityPoolClient(server).send(
    new GetCredentialsForIdentityCommand({ IdentityId, Logins, CustomRoleArn }),
  )
}

/** The role that STS sees behind the credentials given for this token. */
async function roleFor(token: string, customRoleArn?: string): Promise<string> {
  const { IdentityId } = await getId(token)
  const { Credentials } = await getCredentials(IdentityId, token, customRoleArn)
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  const sts = new STSClient({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1, credentials })
  return (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? ''
}

describe('GetId', () => {
  test('gives each person one identity per pool, whatever the token', async () => {
    const first = await getId((await tokensOf(server)).IdToken)
    server.clock.advance(5000)
    const again = await getId((await tokensOf(server, { clientId: 'public' })).IdToken)
    const viaOther = await getId((await tokensOf(server, { clientId: 'rotating-public' })).IdToken)
    const other = await getId((await tokensOf(server, { username: 'plain' })).IdToken)
    expect(first.IdentityId).toMatch(/^eu-west-1:[0-9a-f-]{36}$/)
    expect(again.IdentityId).toBe(first.IdentityId)
    expect(viaOther.IdentityId).toBe(first.IdentityId)
    expect(other.IdentityId).not.toBe(first.IdentityId)
  })

  test('a forgotten identity is not found, and a new one is made', async () => {
    const { IdToken } = await tokensOf(server)
    const { IdentityId = '' } = await getId(IdToken)
    server.admin.deleteIdentity(IDENTITY_POOL, IdentityId)
    expect(await refusal(getCredentials(IdentityId, IdToken))).toBe(
      `ResourceNotFoundException: Identity '${IdentityId}' not found.`,
    )
    expect((await getId(IdToken)).IdentityId).not.toBe(IdentityId)
  })

  test('an unknown pool is told', async () => {
    expect(await refusal(getId(undefined, 'eu-west-1:00000000-0000-4000-8000-000000000000'))).toBe(
      "ResourceNotFoundException: IdentityPool 'eu-west-1:00000000-0000-4000-8000-000000000000' not found.",
    )
  })

  test('guests are let in only where the pool says so, each as someone new', async () => {
    expect(await refusal(getId(undefined))).toBe(
      'NotAuthorizedException: Unauthenticated access is not supported for this identity pool.',
    )
    await server.close()
    const roles = { authenticated: ADMIN_ROLE, unauthenticated: READER_ROLE }
    server = await startStrict({ identityPools: [{ ...identityPool, allowUnauthenticated: true, roles }] })
    const [one, two] = [await getId(undefined), await getId(undefined)]
    expect(one.IdentityId).not.toBe(two.IdentityId)
    expect((await getCredentials(one.IdentityId, undefined)).Credentials?.SessionToken).toBeDefined()
  })
})

describe('a login token is verified', () => {
  const INVALID = 'NotAuthorizedException: Invalid login token. '
  const UNSUPPORTED = 'NotAuthorizedException: Token is not from a supported provider of this identity pool.'

  /** The claims of a real token, signed by a key that is not the pool's. */
  const forge = async (token: string, changes: JWTPayload = {}) => {
    const key = await createSigningKey()
    const header = { alg: 'RS256', kid: decodeProtectedHeader(token).kid }
    return new SignJWT({ ...decodeJwt(token), ...changes }).setProtectedHeader(header).sign(key.privateKey)
  }

  /** The oldest trick: HMAC, keyed with the public key. */
  const confuse = async (token: string) => {
    const url = `${server.issuerOf(POOL)}/.well-known/jwks.json`
    const { keys } = await (await fetch(url)).json()
    const publicKey = await importJWK(keys[0], 'RS256', { extractable: true })
    if (publicKey instanceof Uint8Array) throw new Error('not a public key')
    const secret = new TextEncoder().encode(await exportSPKI(publicKey))
    return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'HS256' }).sign(secret)
  }

  test.each([
    ['no JWT at all', async () => 'nonsense', 'Not a valid OpenId Connect identity token.'],
    [
      'unsigned',
      async (token: string) => new UnsecuredJWT(decodeJwt(token)).encode(),
      "Couldn't verify signed token.",
    ],
    ['signed by another key', forge, "Couldn't verify signed token."],
    ['signed with the public key as a secret', confuse, "Couldn't verify signed token."],
    [
      'of another issuer',
      (token: string) => forge(token, { iss: 'https://example.com' }),
      "Issuer doesn't match providerName",
    ],
  ])('%s: refused', async (_what, tamper, sentence) => {
    const forged = await tamper((await tokensOf(server)).IdToken)
    expect(await refusal(getId(forged))).toBe(INVALID + sentence)
  })

  test('an access token is no login', async () => {
    const { AccessToken } = await tokensOf(server)
    expect(await refusal(getId(AccessToken))).toBe(`${INVALID}Missing a required claim: aud`)
  })

  test('an expired one is refused, at GetId and at GetCredentialsForIdentity', async () => {
    const { IdToken } = await tokensOf(server)
    const { IdentityId } = await getId(IdToken)
    const { exp } = decodeJwt(IdToken)
    server.clock.advance(300_000)
    const sentence = `${INVALID}Token expired: ${server.clock.nowSeconds()} >= ${exp}`
    expect(await refusal(getId(IdToken))).toBe(sentence)
    expect(await refusal(getCredentials(IdentityId, IdToken))).toBe(sentence)
  })

  test('an app client or a provider name that the pool does not list is refused', async () => {
    const { IdToken } = await tokensOf(server, { clientId: 'legacy' })
    expect(await refusal(getId(IdToken))).toBe(UNSUPPORTED)
    const { IdToken: right } = await tokensOf(server)
    const elsewhere = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Other'
    expect(await refusal(getId(right, IDENTITY_POOL, elsewhere))).toBe(UNSUPPORTED)
  })

  test('after a global sign-out it still passes, unless the provider checks with the user pool', async () => {
    const lax = await tokensOf(server)
    const checked = await tokensOf(server, { clientId: 'rotating-public' })
    await getId(checked.IdToken)
    await userPoolClient(server).send(new GlobalSignOutCommand({ AccessToken: lax.AccessToken }))
    await getId(lax.IdToken)
    expect(await refusal(getId(checked.IdToken))).toBe(`${INVALID}Token has been revoked.`)
  })
})

describe('GetCredentialsForIdentity', () => {
  test('hands out session credentials for an hour', async () => {
    const { IdToken } = await tokensOf(server)
    const { IdentityId } = await getId(IdToken)
    const answer = await getCredentials(IdentityId, IdToken)
    expect(answer.IdentityId).toBe(IdentityId)
    expect(answer.Credentials).toMatchObject({
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      SessionToken: expect.stringMatching(/^.{600,}$/),
      Expiration: new Date((server.clock.nowSeconds() + 3600) * 1000),
    })
  })

  test('gives the preferred role, or one of the token’s that is asked for, and no other', async () => {
    const { IdToken } = await tokensOf(server)
    const assumed = (role: string) =>
      `arn:aws:sts::123456789012:assumed-role/${role}/CognitoIdentityCredentials`
    expect(await roleFor(IdToken)).toBe(assumed('Admin'))
    expect(await roleFor(IdToken, READER_ROLE)).toBe(assumed('Reader'))
    const foreign = 'arn:aws:iam::123456789012:role/Foreign'
    expect(await refusal(roleFor(IdToken, foreign))).toBe(
      'NotAuthorizedException: The requested role is not among the roles of the login token.',
    )
  })

  test('where the role is ambiguous and the mapping denies that, nobody gets credentials', async () => {
    const { IdToken } = await tokensOf(server, { username: 'plain', clientId: 'rotating-public' })
    expect(await refusal(roleFor(IdToken))).toMatch(/^NotAuthorizedException: Access denied/)
  })

  test('somebody else’s identity is not to be had, nor one without any login', async () => {
    const [ada, plain] = [await tokensOf(server), await tokensOf(server, { username: 'plain' })]
    const { IdentityId } = await getId(ada.IdToken)
    await getId(plain.IdToken)
    expect(await refusal(getCredentials(IdentityId, plain.IdToken))).toMatch(/Logins don't match/)
    expect(await refusal(getCredentials(IdentityId, undefined))).toBe(
      `NotAuthorizedException: Access to Identity '${IdentityId}' is forbidden.`,
    )
  })

  test('a pool without a role says so', async () => {
    await server.close()
    const unmapped = { ...identityPool, roles: {}, providers: [{ userPoolId: POOL, clientId: 'public' }] }
    server = await startStrict({ pools: [pool], identityPools: [unmapped] })
    expect(await refusal(roleFor((await tokensOf(server)).IdToken))).toMatch(
      /^InvalidIdentityPoolConfigurationException/,
    )
  })
})
