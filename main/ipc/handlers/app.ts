// Owns the requests about the application itself: what the window starts from, theme, notices, keychain, clipboard.
import { ok } from '../../failure.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerDeps } from './deps.ts'

type AppRequest =
  | 'app.load'
  | 'app.setTheme'
  | 'app.setEndWarnings'
  | 'app.networkBack'
  | 'app.clockJumped'
  | 'app.copyDiagnostics'
  | 'app.dismissNotice'
  | 'vault.retry'
  | 'clipboard.copySecret'
  | 'clipboard.clear'

export const appHandlers = ({
  app,
  sessions,
  vault,
  clipboard,
  notices,
  emit,
}: HandlerDeps): Handlers<AppRequest> => ({
  'app.load': () =>
    ok({
      version: app.version,
      host: app.host,
      platform: app.platform,
      appearance: app.appearance,
      endWarnings: app.endWarnings,
      profiles: sessions.views(),
      vault: vault.state,
      clipboard: clipboard.view,
      clockOffsetMs: sessions.clockOffsetMs,
      notices: notices.list(),
    }),
  'app.setTheme': (theme) => {
    app.chooseTheme(theme)
    return ok(undefined)
  },
  'app.setEndWarnings': (choice) => {
    app.chooseEndWarnings(choice)
    emit('endWarnings.changed', choice)
    return ok(undefined)
  },
  'app.networkBack': () => {
    sessions.wake('network')
    return ok(undefined)
  },
  'app.clockJumped': () => {
    sessions.wake('clock')
    return ok(undefined)
  },
  'app.copyDiagnostics': async () => {
    await app.copyDiagnostics()
    return ok(undefined)
  },
  'app.dismissNotice': (id) => {
    notices.dismiss(id)
    return ok(undefined)
  },
  'vault.retry': async () => {
    const state = await vault.probe()
    sessions.wake('vault')
    return ok(state)
  },
  'clipboard.copySecret': async (text, what) => {
    await clipboard.copy(text, what)
    return ok(undefined)
  },
  'clipboard.clear': async () => {
    await clipboard.clear()
    return ok(undefined)
  },
})
