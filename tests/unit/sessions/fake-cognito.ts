// Owns an issuer and a credentials source that answer what the script says, and plausibly where it says nothing.
import { type FailureCode, fail, failure, ok, type Result } from '../../../main/failure.ts'
import type {
  Acknowledged,
  BrowserSignIn,
  CallerAnswer,
  Clock,
  CredentialsGrant,
  CredentialsSource,
  DeviceGrant,
  Issuer,
  KnownDevice,
  PoolAccess,
  RefreshGrant,
  SignInProgress,
} from '../../../main/sessions/ports.ts'
import type { TokenSet } from '../../../main/sessions/session.ts'
import { hours } from './fake-clock.ts'
import { fakeTokens, type TokenWishes } from './fake-profiles.ts'
import { gate } from './gate.ts'

/** One operation: what it answers when nothing is scripted, what it was asked, and a gate. */
export interface Script<T> {
  /** The profile ids it was asked for. */
  readonly asked: string[]
  readonly gate: { close: () => void; open: () => void }
  /** The next calls answer these, one each. */
  next(...answers: (Result<T> | FailureCode)[]): void
  /** All calls from now on answer this; undefined returns to the usual answer. */
  always(answer: Result<T> | FailureCode | undefined): void
}

const script = <T>() => {
  const asked: string[] = []
  const scripted: (Result<T> | FailureCode)[] = []
  const { close, open, pass } = gate()
  let constant: Result<T> | FailureCode | undefined
  const handle: Script<T> = {
    asked,
    gate: { close, open },
    next: (...answers) => scripted.push(...answers),
    always: (answer) => {
      constant = answer
    },
  }
  const run = async (access: Pick<PoolAccess, 'profile'>, usual: () => Result<T>): Promise<Result<T>> => {
    asked.push(access.profile.id)
    const answer = scripted.shift() ?? constant ?? usual()
    await pass()
    return typeof answer === 'string' ? { ok: false, failure: failure(answer) } : answer
  }
  return { handle, run }
}

export interface FakeIssuer extends Issuer {
  readonly does: {
    readonly signIn: Script<SignInProgress>
    readonly answer: Script<SignInProgress>
    readonly forgotPassword: Script<SignInProgress>
    readonly resendCode: Script<SignInProgress>
    readonly rememberDevice: Script<void>
    readonly listDevices: Script<readonly KnownDevice[]>
    readonly forgetDevice: Script<void>
    readonly openManagedLogin: Script<BrowserSignIn>
    readonly refresh: Script<RefreshGrant>
    readonly revoke: Script<Acknowledged>
    readonly globalSignOut: Script<Acknowledged>
  }
  /** Refresh tokens that were revoked. */
  readonly revoked: string[]
  readonly accesses: PoolAccess[]
  /** What `signIn` and `forgotPassword` were given. */
  readonly inputs: { username: string; password?: string; device?: { key: string } | undefined }[]
  /** The device that sign-ins come back with. */
  device: DeviceGrant | undefined
  /** How tokens come out from now on. */
  wishes: Partial<TokenWishes>
  rotates: boolean
  /** Server time minus the clock's. */
  offsetMs: number | undefined
}

const unscripted = (): Result<never> => fail('internal.bug', { detail: 'not scripted' })

export const fakeIssuer = (clock: Clock): FakeIssuer => {
  const signIn = script<SignInProgress>()
  const answer = script<SignInProgress>()
  const forgotPassword = script<SignInProgress>()
  const resendCode = script<SignInProgress>()
  const rememberDevice = script<void>()
  const listDevices = script<readonly KnownDevice[]>()
  const forgetDevice = script<void>()
  const openManagedLogin = script<BrowserSignIn>()
  const inputs: FakeIssuer['inputs'] = []
  const refresh = script<RefreshGrant>()
  const revoke = script<Acknowledged>()
  const globalSignOut = script<Acknowledged>()
  const revoked: string[] = []
  const accesses: PoolAccess[] = []
  const issue = (access: PoolAccess, refreshToken?: string): TokenSet =>
    fakeTokens({
      issuedAt: clock.now() + (issuer.offsetMs ?? 0),
      clientId: access.profile.clientId,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...issuer.wishes,
    })
  const signedIn = (access: PoolAccess, loginId: string): Result<SignInProgress> =>
    ok({
      kind: 'signed-in',
      grant: {
        tokens: issue(access),
        signInDetails: { loginId, authFlowType: 'USER_SRP_AUTH' },
        clockOffsetMs: issuer.offsetMs,
        requestId: 'request-of-sign-in',
        device: issuer.device,
      },
    })
  const issuer: FakeIssuer = {
    does: {
      signIn: signIn.handle,
      answer: answer.handle,
      forgotPassword: forgotPassword.handle,
      resendCode: resendCode.handle,
      rememberDevice: rememberDevice.handle,
      listDevices: listDevices.handle,
      forgetDevice: forgetDevice.handle,
      openManagedLogin: openManagedLogin.handle,
      refresh: refresh.handle,
      revoke: revoke.handle,
      globalSignOut: globalSignOut.handle,
    },
    revoked,
    accesses,
    inputs,
    device: undefined,
    wishes: {},
    rotates: false,
    offsetMs: 0,
    signIn: (access, input) => {
      accesses.push(access)
      inputs.push(input)
      return signIn.run(access, () => signedIn(access, input.username))
    },
    forgotPassword: (access, input) => {
      inputs.push(input)
      return forgotPassword.run(access, () => unscripted())
    },
    resendCode: (access) => resendCode.run(access, () => unscripted()),
    rememberDevice: (access) => rememberDevice.run(access, () => ok(undefined)),
    listDevices: (access) => listDevices.run(access, () => ok([])),
    forgetDevice: (access) => forgetDevice.run(access, () => ok(undefined)),
    openManagedLogin: (profile) => openManagedLogin.run({ profile }, () => unscripted()),
    receiveCallback: () => false,
    openLogout: ({ domain }) => Promise.resolve(domain && `${domain}/logout`),
    answer: (access) => {
      accesses.push(access)
      return answer.run(access, () => signedIn(access, 'ana@acme.io'))
    },
    refresh: (access, record) => {
      accesses.push(access)
      return refresh.run(access, () =>
        ok({
          tokens: issue(access, issuer.rotates ? undefined : record.tokens.refreshToken),
          operation: 'GetTokensFromRefreshToken',
          rotated: issuer.rotates,
          clockOffsetMs: issuer.offsetMs,
          requestId: 'request-of-refresh',
        }),
      )
    },
    async revoke(access, refreshToken) {
      accesses.push(access)
      const result = await revoke.run(access, () => ok({ requestId: 'request-of-revoke' }))
      if (result.ok) revoked.push(refreshToken)
      return result
    },
    globalSignOut: (access) => {
      accesses.push(access)
      return globalSignOut.run(access, () => ok({ requestId: 'request-of-global-sign-out' }))
    },
    verify: () => Promise.resolve({ kind: 'verified' }),
    check: () => Promise.resolve(ok({ issuer: 'https://issuer.test', keys: 2 })),
  }
  return issuer
}

export interface FakeCredentials extends CredentialsSource {
  readonly does: { readonly fetch: Script<CredentialsGrant>; readonly callerIdentity: Script<CallerAnswer> }
  /** What `fetch` was given. */
  readonly inputs: { idToken: string; roleArn: string | undefined; identityId: string | undefined }[]
  lifetimeMs: number
}

export const fakeCredentials = (clock: Clock): FakeCredentials => {
  const fetch = script<CredentialsGrant>()
  const callerIdentity = script<CallerAnswer>()
  const inputs: FakeCredentials['inputs'] = []
  const source: FakeCredentials = {
    does: { fetch: fetch.handle, callerIdentity: callerIdentity.handle },
    inputs,
    lifetimeMs: hours,
    fetch: (profile, input) => {
      inputs.push(input)
      return fetch.run({ profile }, () =>
        ok({
          identityId: 'eu-west-1:identity',
          credentials: {
            accessKeyId: `ASIA${inputs.length}`,
            secretAccessKey: 'secret',
            sessionToken: 'session',
            expiresAt: clock.now() + source.lifetimeMs,
            obtainedAt: clock.now(),
            roleArn: input.roleArn,
          },
          requestId: 'request-of-credentials',
        }),
      )
    },
    callerIdentity: (profile) =>
      callerIdentity.run({ profile }, () =>
        ok({
          account: '123456789012',
          arn: 'arn:aws:sts::123456789012:assumed-role/reader/x',
          userId: 'AROA:x',
          requestId: 'request-of-identity',
        }),
      ),
  }
  return source
}
