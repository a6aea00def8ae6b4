// Handlers that answer `session.none` to everything, for tests that look at one request and replace that one.
import { fail, type Result } from '../../../main/failure.ts'
import type { Handlers } from '../../../main/ipc/handler.ts'

const none = (): Result<never> => fail('session.none')

export const stubHandlers: Handlers = {
  'app.load': none,
  'app.setTheme': none,
  'app.dismissNotice': none,
  'profiles.recognise': none,
  'profiles.add': none,
  'profiles.update': none,
  'profiles.duplicate': none,
  'profiles.move': none,
  'profiles.remove': none,
  'profiles.check': none,
  'profiles.previewImport': none,
  'profiles.import': none,
  'profiles.export': none,
  'signIn.begin': none,
  'signIn.answer': none,
  'signIn.cancel': none,
  'signIn.forgotPassword': none,
  'signIn.resendCode': none,
  'signIn.openBrowser': none,
  'signIn.awaitBrowser': none,
  'devices.list': none,
  'devices.forget': none,
  'session.refresh': none,
  'session.signOut': none,
  'session.signOutBrowser': none,
  'session.signOutEverywhere': none,
  'session.claims': none,
  'session.revealToken': none,
  'session.copyToken': none,
  'session.activity': none,
  'credentials.fetch': none,
  'credentials.copy': none,
  'credentials.test': none,
  'vault.retry': none,
  'clipboard.copySecret': none,
  'clipboard.clear': none,
}
