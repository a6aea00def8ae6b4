// What the server's own integration tests share: pools with one app client per setting, and AWS's clients pointed at them.
import { randomBytes } from 'node:crypto'
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity'
import {
  type AuthenticationResultType,
  type ChallengeNameType,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider'
import { createSecretHash, createSrpSession, signSrpSession } from 'cognito-srp-helper'
import { Secret, TOTP } from 'otpauth'
import { createServerClock } from '../../cognito-server/clock.ts'
import type { IdentityPoolConfig, PoolConfig } from '../../cognito-server/config.ts'
import { type CognitoServer, type StartOptions, startCognitoServer } from '../../cognito-server/index.ts'
import { formatSrpTimestamp } from '../../cognito-server/srp-timestamp.ts'

export const POOL = 'eu-west-1_Strict01'
export const IDENTITY_POOL = 'eu-west-1:0a1b2c3d-0000-4000-8000-00000000000a'
export const SECRET = 'a-secret-of-the-app-client'
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
export const PASSWORD = 'Right-Password-1'

export const ADMIN_ROLE = 'arn:aws:iam::123456789012:role/Admin'
export const READER_ROLE = 'arn:aws:iam::123456789012:role/path/Reader'

const everyFlow = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const satisfies PoolConfig['clients'][number]['explicitAuthFlows']

export const pool: PoolConfig = {
  id: POOL,
  signInAliases: ['email', 'preferred_username'],
  requiredAttributes: ['email', 'name'],
  clients: [
    { id: 'public', explicitAuthFlows: everyFlow, accessTokenSeconds: 600, idTokenSeconds: 300 },
    { id: 'srp-only' },
    { id: 'confidential', secret: SECRET, explicitAuthFlows: everyFlow },
    { id: 'legacy', explicitAuthFlows: everyFlow, preventUserExistenceErrors: 'legacy' },
    { id: 'no-admin-scope', explicitAuthFlows: everyFlow, scopes: ['openid'] },
    { id: 'no-revocation', explicitAuthFlows: everyFlow, tokenRevocation: false },
    {
      id: 'rotating',
      secret: SECRET,
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      rotation: { graceSeconds: 30 },
      refreshTokenSeconds: 3600,
    },
    {
      id: 'rotating-public',
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      rotation: { graceSeconds: 0 },
    },
  ],
  groups: [
    { name: 'readers', precedence: 10, roleArn: READER_ROLE },
    { name: 'admins', precedence: 1, roleArn: ADMIN_ROLE },
    { name: 'guests' },
  ],
  users: [
    {
      username: 'ada',
      password: PASSWORD,
      sub: '11111111-1111-4111-8111-111111111111',
      attributes: {
        email: 'ada@example.com',
        email_verified: 'true',
        preferred_username: 'Countess',
        name: 'Ada',
        'custom:team': 'platform',
      },
      groups: ['readers', 'admins'],
    },
    {
      username: 'grace',
      password: PASSWORD,
      totpSecret: TOTP_SECRET,
      attributes: { email: 'g@example.com' },
    },
    {
      username: 'newcomer',
      password: PASSWORD,
      status: 'FORCE_CHANGE_PASSWORD',
      attributes: { email: 'n@example.com' },
    },
    { username: 'unconfirmed', password: PASSWORD, status: 'UNCONFIRMED' },
    { username: 'reset', password: PASSWORD, status: 'RESET_REQUIRED' },
    { username: 'disabled', password: PASSWORD, disabled: true },
    { username: 'plain', password: PASSWORD, groups: ['guests'] },
  ],
}

export const identityPool: IdentityPoolConfig = {
  id: IDENTITY_POOL,
  providers: [
    { userPoolId: POOL, clientId: 'public', roleMapping: { type: 'token', ambiguous: 'authenticated-role' } },
    {
      userPoolId: POOL,
      clientId: 'rotating-public',
      serverSideTokenCheck: true,
      roleMapping: { type: 'token', ambiguous: 'deny' },
    },
  ],
  roles: { authenticated: READER_ROLE },
}

/** A fresh server with the pools above. Its clock stands still: only `clock.advance` moves it, however slow the machine. */
export function startStrict(options: Partial<StartOptions> = {}): Promise<CognitoServer> {
  const start = Date.now()
  const clock = createServerClock(() => start)
  return startCognitoServer({ pools: [pool], identityPools: [identityPool], clock, ...options })
}

/** The user pool client of AWS's SDK, which tries once only. */
export function userPoolClient(server: CognitoServer): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1 })
}

/** The identity pool client of AWS's SDK. */
export function identityPoolClient(server: CognitoServer): CognitoIdentityClient {
  return new CognitoIdentityClient({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1 })
}

export interface Person {
  readonly username?: string
  readonly password?: string
  readonly clientId?: string
  readonly secret?: string
  readonly deviceKey?: string
}

/** SECRET_HASH where there is a secret. */
export function hash(username: string, { clientId = 'public', secret }: Person): Record<string, string> {
  return secret === undefined ? {} : { SECRET_HASH: createSecretHash(username, clientId, secret) }
}

/** USER_PASSWORD_AUTH. */
export function passwordSignIn(
  server: CognitoServer,
  person: Person = {},
): Promise<InitiateAuthCommandOutput> {
  const { username = 'ada', password = PASSWORD, clientId = 'public' } = person
  return userPoolClient(server).send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: {
        USERNAME: username,
        PASSWORD: password,
        ...hash(username, person),
        ...(person.deviceKey !== undefined && { DEVICE_KEY: person.deviceKey }),
      },
    }),
  )
}

/** The tokens of a USER_PASSWORD_AUTH that needs nothing more. */
export async function tokensOf(server: CognitoServer, person: Person = {}) {
  return presentTokens((await passwordSignIn(server, person)).AuthenticationResult)
}

/** The three tokens of a result, all there. */
export function presentTokens(result: AuthenticationResultType | undefined) {
  const { AccessToken, IdToken, RefreshToken } = result ?? {}
  if (AccessToken === undefined || IdToken === undefined || RefreshToken === undefined) {
    throw new Error(`expected three tokens, got ${Object.keys(result ?? {}).join(', ')}`)
  }
  return { AccessToken, IdToken, RefreshToken }
}

/** USER_SRP_AUTH up to the answer of PASSWORD_VERIFIER, the arithmetic done by cognito-srp-helper. */
export async function srpSignIn(
  server: CognitoServer,
  person: Person = {},
): Promise<RespondToAuthChallengeCommandOutput> {
  const { answer } = await startSrp(server, person)
  return answer()
}

/** The client's half of an SRP exchange: A = g^a. */
export interface ClientKeys {
  readonly a: bigint
  readonly A: bigint
}

/** What createSrpSession would make, had it drawn this a. */
const sessionWith = (server: CognitoServer, username: string, password: string, { a, A }: ClientKeys) => ({
  username,
  password,
  isHashed: false,
  poolId: POOL,
  poolIdAbbr: POOL.slice(POOL.indexOf('_') + 1),
  timestamp: formatSrpTimestamp(server.clock.now()),
  smallA: a.toString(16),
  largeA: A.toString(16),
})

let strangers = 0
/** Adds a user whom no test knows, with a password out of any alphabet. */
export function addStranger(server: CognitoServer) {
  strangers += 1
  const username = `stranger${strangers}`
  const symbol = String.fromCodePoint(0x1f300 + (strangers % 256))
  const password = `${randomBytes(6).toString('base64')} ünï ${symbol}`
  server.admin.addUser(POOL, { username, password, sub: username })
  return { username, password }
}

/** USER_SRP_AUTH with its answer left to send, changed or more than once. */
export async function startSrp(server: CognitoServer, person: Person = {}, ownA?: ClientKeys) {
  const { username = 'ada', password = PASSWORD, clientId = 'public' } = person
  const client = userPoolClient(server)
  const session =
    ownA === undefined
      ? createSrpSession(username, password, POOL, false)
      : sessionWith(server, username, password, ownA)
  const challenge = await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username, SRP_A: session.largeA, ...hash(username, person) },
    }),
  )
  const userId = challenge.ChallengeParameters?.['USER_ID_FOR_SRP'] ?? ''
  const signed = signSrpSession({ ...session, username: userId }, challenge)
  const answer = (
    changes: Record<string, string> = {},
    top: { Session?: string | undefined; ClientId?: string } = {},
  ) =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        Session: challenge.Session,
        ChallengeResponses: {
          USERNAME: userId,
          PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
          PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
          TIMESTAMP: signed.timestamp,
          ...hash(userId, person),
          ...changes,
        },
        ...top,
      }),
    )
  return { challenge, session, answer }
}

/** Answers any challenge. */
export function respond(
  server: CognitoServer,
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
  ClientId = 'public',
): Promise<RespondToAuthChallengeCommandOutput> {
  return userPoolClient(server).send(
    new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }),
  )
}

/** The code an authenticator app would show, by the server's clock; `steps` of 30 s ahead. */
export function totpCode(server: CognitoServer, secret = TOTP_SECRET, steps = 0): string {
  const timestamp = server.clock.now() + steps * 30_000
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
}

/** The exception a promise is rejected with: its name and Cognito's sentence. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`
    throw error
  }
  throw new Error('expected a refusal, but it was accepted')
}

/** REFRESH_TOKEN_AUTH for an app client without a secret. */
export function refreshByFlow(server: CognitoServer, token: string, ClientId = 'public') {
  return userPoolClient(server).send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: token },
    }),
  )
}

/** GetTokensFromRefreshToken. */
export function refresh(server: CognitoServer, RefreshToken: string, person: Person = {}) {
  const { clientId: ClientId = 'public', secret: ClientSecret, deviceKey: DeviceKey } = person
  return userPoolClient(server).send(
    new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret, DeviceKey }),
  )
}
