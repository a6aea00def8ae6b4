// Owns what is done at each step while something goes wrong, and what is seen of it: a short sentence that the table expects.
// A step ends only when the trouble is over and everything has settled.
import { TOTP } from 'otpauth'
import type { Result } from '../../../main/failure.ts'
import type { SignOutScope } from '../../../preload/views.ts'
import { hours, valueOf } from '../../unit/sessions/fakes.ts'
import { type ClientId, password, type Stage } from '../sessions/support.ts'
import {
  bySrp,
  oldEndpoint,
  type Surroundings,
  signInByBrowser,
  withDevices,
  withLoginPage,
} from './stages.ts'

const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** What to do about the trouble: begin it, and end it. */
export interface Trouble {
  begin(operation: string): void
  end(): Promise<void>
}

/** How the session stands at the end; a restart has to find the same. */
export type End = 'active' | 'ended' | 'signed-out'

export interface Seen {
  readonly sentence: string
  readonly end: End
}

export interface Step {
  readonly title: string
  /** The request that goes wrong. */
  readonly operation: string
  readonly client: ClientId
  /** In place of a pool like any other, and a sign-in by password. */
  readonly surroundings?: () => Promise<Surroundings>
  /** Up to the step, all going well. */
  prepare(s: Stage): Promise<void>
  run(s: Stage, trouble: Trouble): Promise<Seen>
}

const ana = { username: 'ana', password }

const signIn = async ({ sessions, profile }: Stage): Promise<void> => {
  valueOf(await sessions.beginSignIn(profile.id, ana))
}

const refusal = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.failure.code)

const endOf = ({ sessions, profile }: Stage): End => {
  const status = sessions.view(profile.id)?.session.status
  if (status === 'active' || status === 'ended' || status === 'signed-out') return status
  throw new Error(`at the end the session is ${status}`)
}

const unsavedWords = ({ sessions, profile }: Stage): string => {
  const session = sessions.view(profile.id)?.session
  const unsaved = session !== undefined && 'unsaved' in session && session.unsaved
  if (unsaved === 'on-disk') return ', kept in an encrypted file, then saved'
  return unsaved === 'in-memory' ? ', kept in memory, then saved' : ''
}

const runSignIn: Step['run'] = async (s, trouble) => {
  trouble.begin('InitiateAuth')
  const begun = await s.sessions.beginSignIn(s.profile.id, ana)
  const code = refusal(begun)
  const unsaved = unsavedWords(s)
  await trouble.end()
  if (begun.ok && begun.value.kind !== 'signed-in') {
    s.sessions.cancelSignIn(begun.value.attemptId)
    await signIn(s)
    return { sentence: `asked (${begun.value.kind}), signed in by the next try`, end: endOf(s) }
  }
  if (code === undefined) return { sentence: `signed in${unsaved}`, end: endOf(s) }
  await signIn(s)
  return { sentence: `told (${code}), signed in by the next try`, end: endOf(s) }
}

const runChallenge: Step['run'] = async (s, trouble) => {
  const begin = async () => {
    const step = valueOf(await s.sessions.beginSignIn(s.profile.id, { username: 'ben', password }))
    if (step.kind !== 'totp') throw new Error(`expected totp, got ${step.kind}`)
    return step.attemptId
  }
  const answer = async (attemptId: string) => {
    // A code is good once.
    await s.clock.advance(30_000)
    const code = new TOTP({ secret: totpSecret }).generate({ timestamp: s.clock.now() })
    return refusal(await s.sessions.answerSignIn(attemptId, { kind: 'totp', code }))
  }
  const attemptId = await begin()
  trouble.begin('RespondToAuthChallenge')
  const code = await answer(attemptId)
  const unsaved = unsavedWords(s)
  await trouble.end()
  if (code === undefined) return { sentence: `signed in${unsaved}`, end: endOf(s) }
  if ((await answer(attemptId)) === undefined) {
    return { sentence: `told (${code}), signed in by the next code`, end: endOf(s) }
  }
  if ((await answer(await begin())) !== undefined) throw new Error('the sign-in could not be started again')
  return { sentence: `told (${code}), signed in by starting again`, end: endOf(s) }
}

const runRefresh =
  (operation: string): Step['run'] =>
  async (s, trouble) => {
    const { id } = s.profile
    const { issuedAt, refreshesAt = 0 } = (await s.until(id, 'active')).lifetimes.tokens
    trouble.begin(operation)
    await s.clock.advance(refreshesAt - s.clock.now())
    const settled = async (): Promise<string> => {
      for (;;) {
        const session = s.sessions.view(id)?.session
        const isOver =
          session?.status === 'active'
            ? session.lifetimes.tokens.issuedAt > issuedAt
            : session?.status !== 'refreshing'
        if (isOver) return session !== undefined && 'failure' in session ? session.failure.code : ''
        await new Promise<void>((resolve) => {
          const stop = s.sessions.onSessionChange(() => {
            stop()
            resolve()
          })
        })
      }
    }
    const code = await settled()
    const unsaved = unsavedWords(s)
    const status = s.sessions.view(id)?.session.status
    await trouble.end()
    if (status === 'active') return { sentence: `refreshed${unsaved}`, end: endOf(s) }
    if (status === 'ended')
      return { sentence: `over (${code}), record set aside, sign-in asked for`, end: 'ended' }
    // What is still valid goes on meanwhile.
    valueOf(await s.sessions.fetchAuthSession(id))
    if (status === 'attention') {
      valueOf(await s.sessions.fetchAuthSession(id, { forceRefresh: true }))
      return { sentence: `kept (${code}), refreshed when asked again`, end: endOf(s) }
    }
    await s.clock.advance(2_000)
    await s.until(id, 'active', ({ lifetimes }) => lifetimes.tokens.issuedAt > issuedAt)
    return { sentence: `kept (${code}), refreshed by itself`, end: endOf(s) }
  }

const runSignOut =
  (operation: string, scope: SignOutScope): Step['run'] =>
  async (s, trouble) => {
    const { id } = s.profile
    const stored = await s.vault.readSession(s.profile)
    if (stored.kind !== 'found') throw new Error('no session is stored')
    trouble.begin(operation)
    const outcome = valueOf(await s.sessions.signOut(id, { global: scope === 'global' }))
    if (s.sessions.isAuthenticated(id)) throw new Error('still signed in here')
    await trouble.end()
    const why = outcome.failure === undefined ? '' : ` (${outcome.failure.code})`
    if (outcome.reached === 'pending') {
      await s.clock.advance(2_000)
      await s.until(id, 'signed-out', ({ revocationPending }) => !revocationPending)
    }
    const access = { profile: s.profile, clientSecret: undefined }
    const refused = refusal(await s.issuer.refresh(access, stored.value))
    const survives = refused?.startsWith('session.') === true ? '' : ': the token still works'
    const reached = {
      pending: `signed out here, pending${why}, then ended at Cognito`,
      everywhere: 'signed out everywhere',
      device:
        why === '' && survives === ''
          ? 'signed out'
          : `signed out here${why}${why === '' ? '' : ', and told'}`,
      'device-only': `this device only${why}, and told`,
      'nothing-to-do': 'nothing to do',
    }[outcome.reached]
    return { sentence: `${reached}${survives}`, end: 'signed-out' }
  }

const runCredentials =
  (operation: string): Step['run'] =>
  async (s, trouble) => {
    const { id } = s.profile
    trouble.begin(operation)
    const code = refusal(await s.sessions.getCredentials(id))
    await trouble.end()
    if (code === undefined) return { sentence: 'credentials', end: endOf(s) }
    valueOf(await s.sessions.getCredentials(id))
    return { sentence: `told (${code}), credentials by the next try`, end: endOf(s) }
  }

/** The session does not depend on its device: one that could not be registered is left for another time. */
const runDevice: Step['run'] = async (s, trouble) => {
  trouble.begin('ConfirmDevice')
  await signIn(s)
  await trouble.end()
  const devices = await s.vault.readDevices(s.profile)
  const isKept = devices.kind === 'found' && devices.value.length > 0
  valueOf(await s.sessions.fetchAuthSession(s.profile.id, { forceRefresh: true }))
  return { sentence: `signed in, the device ${isKept ? 'remembered' : 'not remembered'}`, end: endOf(s) }
}

/** Long enough for tokens to run out, without anything that is due then. */
const sleptOver: Step['prepare'] = async (s) => {
  await signIn(s)
  s.clock.sleep(2 * hours)
}

const nothing = async (): Promise<void> => undefined

export const steps = {
  'sign-in': {
    title: 'Sign-in',
    operation: 'InitiateAuth',
    client: 'plain',
    surroundings: bySrp,
    prepare: nothing,
    run: runSignIn,
  },
  challenge: {
    title: 'Challenge',
    operation: 'RespondToAuthChallenge',
    client: 'plain',
    surroundings: bySrp,
    prepare: nothing,
    run: runChallenge,
  },
  refresh: {
    title: 'Refresh',
    operation: 'GetTokensFromRefreshToken',
    client: 'plain',
    prepare: signIn,
    run: runRefresh('GetTokensFromRefreshToken'),
  },
  rotation: {
    title: 'Refresh with rotation',
    operation: 'GetTokensFromRefreshToken',
    client: 'rotating',
    prepare: signIn,
    run: runRefresh('GetTokensFromRefreshToken'),
  },
  revoke: {
    title: 'Sign-out',
    operation: 'RevokeToken',
    client: 'plain',
    prepare: signIn,
    run: runSignOut('RevokeToken', 'device'),
  },
  'global-sign-out': {
    title: 'Global sign-out',
    operation: 'GlobalSignOut',
    client: 'plain',
    prepare: signIn,
    run: runSignOut('GlobalSignOut', 'global'),
  },
  credentials: {
    title: 'AWS credentials',
    operation: 'GetCredentialsForIdentity',
    client: 'plain',
    prepare: signIn,
    run: runCredentials('GetCredentialsForIdentity'),
  },
  'old-refresh': {
    title: 'Refresh at an endpoint that knows only REFRESH_TOKEN_AUTH',
    operation: 'InitiateAuth',
    client: 'plain',
    surroundings: oldEndpoint,
    prepare: signIn,
    run: runRefresh('InitiateAuth'),
  },
  'token-endpoint': {
    title: 'Refresh of a browser sign-in at the token endpoint',
    operation: '/oauth2/token',
    client: 'plain',
    surroundings: withLoginPage,
    prepare: signInByBrowser,
    run: runRefresh('token'),
  },
  device: {
    title: 'Remembering the device at a sign-in',
    operation: 'ConfirmDevice',
    client: 'plain',
    surroundings: withDevices,
    prepare: nothing,
    run: runDevice,
  },
  identity: {
    title: 'AWS credentials, finding the identity',
    operation: 'GetId',
    client: 'plain',
    prepare: signIn,
    run: runCredentials('GetId'),
  },
  'refresh-first': {
    title: 'Global sign-out with expired tokens, in the refresh before it',
    operation: 'GetTokensFromRefreshToken',
    client: 'plain',
    prepare: sleptOver,
    run: runSignOut('GetTokensFromRefreshToken', 'global'),
  },
  'rotated-first': {
    title: 'Global sign-out with expired tokens, after the refresh with rotation before it',
    operation: 'GlobalSignOut',
    client: 'rotating',
    prepare: sleptOver,
    run: runSignOut('GlobalSignOut', 'global'),
  },
} as const satisfies Record<string, Step>

export type StepName = keyof typeof steps
