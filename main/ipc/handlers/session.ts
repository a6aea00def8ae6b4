// Owns the requests about sessions: signing in, refreshing, signing out, looking at tokens and handing them out.
import { assertNever, fail, ok, type Result } from '../../failure.ts'
import type { AuthSession } from '../../sessions/api.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerDeps } from './deps.ts'

type SessionRequest =
  | 'signIn.begin'
  | 'signIn.answer'
  | 'signIn.cancel'
  | 'signIn.forgotPassword'
  | 'signIn.resendCode'
  | 'signIn.openBrowser'
  | 'signIn.awaitBrowser'
  | 'devices.list'
  | 'devices.remember'
  | 'devices.forget'
  | 'session.refresh'
  | 'session.signOut'
  | 'session.signOutBrowser'
  | 'session.signOutEverywhere'
  | 'session.claims'
  | 'session.revealToken'
  | 'session.copyToken'
  | 'session.activity'

type TokenForm = 'id' | 'access' | 'bearer'

const tokenNames = {
  id: 'ID token',
  access: 'Access token',
  bearer: 'Authorization header',
} as const satisfies Record<TokenForm, string>

/** The token as it is pasted: alone, or as the whole header line that curl's -H takes (RFC 6750, section 2.1). */
const tokenText = ({ tokens }: AuthSession, form: TokenForm): string => {
  switch (form) {
    case 'id':
      return tokens.idToken.raw
    case 'access':
      return tokens.accessToken.raw
    case 'bearer':
      return `Authorization: Bearer ${tokens.accessToken.raw}`
    default:
      return assertNever(form)
  }
}

const withoutValue = (result: Result<unknown>): Result<undefined> => (result.ok ? ok(undefined) : result)

export const sessionHandlers = ({ sessions, clipboard, emit }: HandlerDeps): Handlers<SessionRequest> => ({
  'signIn.begin': (profileId, input) => sessions.beginSignIn(profileId, input),
  'signIn.answer': (attemptId, answer) => sessions.answerSignIn(attemptId, answer),
  'signIn.cancel': (attemptId) => {
    sessions.cancelSignIn(attemptId)
    return ok(undefined)
  },
  'signIn.forgotPassword': (profileId, username) => sessions.forgotPassword(profileId, username),
  'signIn.resendCode': (attemptId) => sessions.resendCode(attemptId),
  'signIn.openBrowser': (profileId, wishes) => sessions.openBrowser(profileId, wishes),
  'signIn.awaitBrowser': (attemptId) => sessions.awaitBrowser(attemptId),
  'devices.list': (profileId) => sessions.listDevices(profileId),
  'devices.remember': async (profileId, deviceKey) =>
    withoutValue(await sessions.rememberDevice(profileId, deviceKey)),
  'devices.forget': async (profileId, deviceKey) =>
    withoutValue(await sessions.forgetDevice(profileId, deviceKey)),
  'session.signOutBrowser': async (profileId) => withoutValue(await sessions.signOutBrowser(profileId)),
  'session.refresh': async (profileId) =>
    withoutValue(await sessions.fetchAuthSession(profileId, { forceRefresh: true })),
  'session.signOut': (profileId, scope) => sessions.signOut(profileId, { global: scope === 'global' }),
  'session.signOutEverywhere': async () =>
    ok(
      await sessions.signOutEverywhere((profileId, state) =>
        emit('signOutEverywhere.progress', { profileId, state }),
      ),
    ),
  'session.claims': (profileId) => sessions.claims(profileId),
  'session.revealToken': async (profileId, kind) => {
    const session = await sessions.fetchAuthSession(profileId)
    if (!session.ok) return session
    sessions.note(profileId, 'token-revealed', tokenNames[kind])
    return ok(tokenText(session.value, kind))
  },
  'session.copyToken': async (profileId, form) => {
    const session = await sessions.fetchAuthSession(profileId)
    if (!session.ok) return session
    await clipboard.copy(tokenText(session.value, form), tokenNames[form])
    sessions.note(profileId, 'token-copied', tokenNames[form])
    return ok(undefined)
  },
  'session.activity': async (profileId) =>
    sessions.view(profileId) ? ok(await sessions.history(profileId)) : fail('profile.not-found'),
})
