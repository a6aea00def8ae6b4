// Owns the figures of sessions: a valid `fetchAuthSession`, and a forced refresh, beside Amplify and beside a bare SDK call.
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { createCredentialsSource, createIssuer } from '../../main/cognito/index.ts'
import { type Profile, profileDefaults, profileSchema } from '../../main/profiles/profile.ts'
import { createSessionManager } from '../../main/sessions/manager.ts'
import { systemClock } from '../../main/sessions/system-clock.ts'
import { openMemoryVault } from '../../main/vault/open-vault.ts'
import { type Figure, figureOf, timeInTurns } from './measure.ts'
import { benchPool } from './server-process.ts'

const { username, password } = benchPool

const startServer = async (): Promise<{ url: string; stop: () => unknown }> => {
  const child = fork(new URL('./server-process.ts', import.meta.url), { execArgv: [] })
  const ended = once(child, 'exit').then(([code]: unknown[]): never => {
    throw new Error(`the server ended with ${String(code)}`)
  })
  ended.catch(() => undefined)
  const started = once(child, 'message').then(([url]: unknown[]) => String(url))
  return { url: await Promise.race([started, ended]), stop: () => child.kill() }
}

/** Our sessions as the app makes them, storage in memory. */
const openOurs = async (url: string) => {
  const profile: Profile = profileSchema.parse({
    ...profileDefaults,
    id: randomUUID(),
    name: 'bench',
    userPoolId: benchPool.id,
    clientId: benchPool.clientId,
    storage: 'memory',
    endpoints: { userPool: url },
  })
  const sessions = createSessionManager({
    profiles: {
      list: () => [profile],
      get: (id) => (id === profile.id ? profile : undefined),
      onChange: () => () => {},
    },
    vault: openMemoryVault(systemClock).sessions,
    issuer: createIssuer({ clock: systemClock }),
    credentials: createCredentialsSource({ clock: systemClock }),
    clock: systemClock,
    random: Math.random,
  })
  await sessions.start()
  const step = await sessions.beginSignIn(profile.id, { username, password })
  if (!step.ok || step.value.kind !== 'signed-in') throw new Error('our own sign-in failed')
  return {
    valid: () => sessions.fetchAuthSession(profile.id),
    refresh: async () => {
      const answer = await sessions.fetchAuthSession(profile.id, { forceRefresh: true })
      if (!answer.ok) throw new Error(answer.failure.message)
    },
    stop: () => sessions.stop(),
  }
}

/** Amplify, storage in memory. */
const openAmplify = async (url: string) => {
  // Without one, Amplify takes Node for no platform it knows (cognito.md).
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'bench' }, configurable: true })
  const { Amplify } = await import('aws-amplify')
  const { cognitoUserPoolsTokenProvider } = await import('aws-amplify/auth/cognito')
  const { fetchAuthSession, signIn } = await import('aws-amplify/auth')
  const items = new Map<string, string>()
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: benchPool.id, userPoolClientId: benchPool.clientId, userPoolEndpoint: url },
    },
  })
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void items.set(key, value),
    getItem: async (key) => items.get(key) ?? null,
    removeItem: async (key) => void items.delete(key),
    clear: async () => items.clear(),
  })
  const { isSignedIn } = await signIn({ username, password, options: { authFlowType: 'USER_PASSWORD_AUTH' } })
  if (!isSignedIn) throw new Error("Amplify's sign-in failed")
  return { valid: () => fetchAuthSession(), refresh: () => fetchAuthSession({ forceRefresh: true }) }
}

/** The SDK's client, and nothing around it. */
const openBare = async (url: string) => {
  const client = new CognitoIdentityProviderClient({ endpoint: url, region: 'eu-central-1' })
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: benchPool.clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  )
  const input = { ClientId: benchPool.clientId, RefreshToken: AuthenticationResult?.RefreshToken }
  return { refresh: () => client.send(new GetTokensFromRefreshTokenCommand(input)) }
}

/** `session.valid` in calls per second; `session.refresh` in milliseconds, once for each peer. */
export const benchSessions = async (): Promise<Figure[]> => {
  const { url, stop } = await startServer()
  const ours = await openOurs(url)
  try {
    const amplify = await openAmplify(url)
    const bare = await openBare(url)
    const valid = await timeInTurns([
      ['ours', ours.valid],
      ['amplify', amplify.valid],
    ])
    const refresh = await timeInTurns(
      [
        ['ours', ours.refresh],
        ['bare', bare.refresh],
        ['amplify', amplify.refresh],
      ],
      { rounds: 61, roundMs: 100 },
    )
    const row = (peer: string, ratio: number): Figure =>
      figureOf('session.refresh', refresh.of('ours'), 'ms', peer, ratio)
    return [
      figureOf(
        'session.valid',
        1_000 / valid.of('ours'),
        'calls/s',
        'aws-amplify',
        valid.ratio('amplify', 'ours'),
      ),
      row('a bare AWS SDK call', refresh.ratio('ours', 'bare')),
      row('aws-amplify', refresh.ratio('ours', 'amplify')),
    ]
  } finally {
    await ours.stop()
    stop()
  }
}
