// Handlers that answer `session.none` to everything, for tests that look at one request and replace that one.
import { fail, type Result } from '../../../main/failure.ts'
import type { Handlers } from '../../../main/ipc/handler.ts'

const none = (): Result<never> => fail('session.none')

export const stubHandlers: Handlers = {
  'app.load': none,
  'app.setTheme': none,
  'app.setEndWarnings': none,
  'app.networkBack': none,
  'app.dismissNotice': none,
  'profiles.recognise': none,
  'profiles.add': none,
  'profiles.update': none,
  'profiles.duplicate': none,
  'profiles.move': none,
  'profiles.remove': none,
  'profiles.check': none,
  'signIn.begin': none,
  'signIn.answer': none,
  'signIn.cancel': none,
  'session.refresh': none,
  'session.signOut': none,
  'session.signOutEverywhere': none,
  'session.claims': none,
  'session.revealToken': none,
  'session.copyToken': none,
  'session.activity': none,
  'credentials.fetch': none,
  'credentials.copy': none,
  'credentials.test': none,
  'credentials.preflight': none,
  'credentials.copyConsoleLink': none,
  'awsFiles.preview': none,
  'awsFiles.apply': none,
  'vault.retry': none,
  'clipboard.clear': none,
}
