// Boots Sesame, told in order: options, log, lock, engine, window, tray, and the way out. Light on purpose: what takes
// time to load (validators, keychain, sessions) is imported while Chromium starts.
import { mkdirSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { app, ipcMain, Menu, session, shell } from 'electron'
import type { AppCommand } from '../preload/views.ts'
import { appMenuTemplate } from './desktop/app-menu.ts'
import { registerAppScheme, serveApp } from './desktop/app-protocol.ts'
import { createAppearance } from './desktop/appearance.ts'
import { systemClipboard } from './desktop/clipboard.ts'
import { collectDeepLinks, scheme } from './desktop/deep-links.ts'
import { systemEncryption } from './desktop/encryption.ts'
import { loginAddress } from './desktop/external-links.ts'
import { hardenAllContents, refusePermissions } from './desktop/hardening.ts'
import { readHost, readPlatform } from './desktop/host.ts'
import { startKeychainProcess } from './desktop/keychain-process.ts'
import { notify } from './desktop/notify.ts'
import { createEndingNotices, endWarningSeconds } from './desktop/notify-endings.ts'
import { readOptions } from './desktop/options.ts'
import { listenToPower } from './desktop/power.ts'
import { profileFiles } from './desktop/profile-files.ts'
import { guardQuit, type QuitState } from './desktop/quit.ts'
import { openSettings } from './desktop/settings.ts'
import { readProxy } from './desktop/system-proxy.ts'
import { createTray, type TrayIcon } from './desktop/tray.ts'
import { createTrayActions } from './desktop/tray-actions.ts'
import { askAboutLostPage, askBeforeLoss, endWithError } from './desktop/trouble.ts'
import { createMainWindow } from './desktop/window.ts'
import { createEarlyPort } from './ipc/early-port.ts'
import { logCrashes } from './logging/crash.ts'
import { createFileSink } from './logging/file-sink.ts'
import { createLog } from './logging/log.ts'
import { currentProxy, leaveByProxy } from './proxy.ts'
import { systemClock } from './sessions/system-clock.ts'

const options = readOptions(process.argv, process.env)
const configDir = options.configDir ?? app.getPath('userData')
mkdirSync(configDir, { recursive: true, mode: 0o700 })
app.setPath('userData', configDir)

const logFile = createFileSink({ folder: join(configDir, 'logs') })
const log = createLog(logFile, () => Date.now())
const reportBug = (error: unknown): void => log.error('bug', { error })
logCrashes(process, log, () =>
  endWithError('Sesame stopped because of an error it did not expect.', logFile.file),
)

const deepLinks = collectDeepLinks(app)

/** False where there is no browser to open it. */
const openInBrowser = async (text: string): Promise<boolean> => {
  const url = loginAddress(text)
  if (url === undefined) return false
  return shell.openExternal(url).then(
    () => true,
    () => false,
  )
}

/** The heavy part: loaded and opened once this module has run, while Chromium starts. */
const openEngine = async () => {
  await setImmediate()
  const [{ createEngine }, { connectIpc }, { startAgent }, { keepUpToDate }, { createProfileEndpoints }] =
    await Promise.all([
      import('./engine.ts'),
      import('./ipc/connect.ts'),
      import('./agent/index.ts'),
      import('./credentials/aws-files/keep-up-to-date.ts'),
      import('./credentials/profile-endpoints.ts'),
    ])
  const engine = createEngine({
    configDir,
    // Where the person's own folder is, also when an option has moved this one: keychain items are named by it.
    defaultConfigDir: join(app.getPath('appData'), app.getName()),
    vault: options.vault,
    startKeychain: startKeychainProcess(join(import.meta.dirname, 'keychain-helper.js'), app.whenReady()),
    encryption: systemEncryption(app.whenReady()),
    clipboard: systemClipboard,
    openUrl: openInBrowser,
    log,
  })
  await engine.open()
  return { engine, connectIpc, startAgent, keepUpToDate, createProfileEndpoints }
}

const start = async (opening: ReturnType<typeof openEngine>): Promise<void> => {
  refusePermissions(session.defaultSession)
  const proxy = readProxy(session.defaultSession, process.env)
  await serveApp(join(import.meta.dirname, '../renderer'))

  let tray: TrayIcon | undefined
  let quit: QuitState | undefined
  const settings = openSettings(configDir, log)
  const appearance = createAppearance(settings)
  const window = createMainWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    packaged: app.isPackaged,
    settings,
    appearance,
    log,
    staysWhenClosed: () =>
      quit?.isQuitting === false && (process.platform === 'darwin' || tray !== undefined),
    onPageLost: () => void askAboutLostPage(() => window.reload()).catch(reportBug),
  })

  // The page loads beside the engine: what it asks before the handlers are there waits for them.
  const requests = createEarlyPort(ipcMain)
  window.load()

  const { engine, connectIpc, startAgent, keepUpToDate, createProfileEndpoints } = await opening
  const { sessions } = engine
  const endpoints = createProfileEndpoints({ ...engine, clock: systemClock, reportBug })
  const { handlers, emit } = connectIpc({
    ...engine,
    ipcMain: requests,
    isOurWindow: (senderId) => window.isSender(senderId),
    send: (channel, payload) => window.send(channel, payload),
    files: profileFiles,
    endpoints,
    app: {
      version: app.getVersion(),
      host: readHost(),
      platform: readPlatform(),
      get appearance() {
        return appearance.current
      },
      chooseTheme: (theme) => appearance.choose(theme),
      get endWarnings() {
        return settings.current.endWarnings
      },
      chooseEndWarnings: (choice) => {
        settings.change({ endWarnings: choice })
        sessions.setEndWarnings(endWarningSeconds[choice])
      },
      openUrl: openInBrowser,
      copyDiagnostics: async () => {
        const { diagnosticsOf } = await import('./diagnostics.ts')
        const report = diagnosticsOf({
          version: app.getVersion(),
          host: readHost(),
          versions: process.versions,
          system: `${process.platform} ${release()} ${process.arch}`,
          vault: engine.vault.state,
          profiles: sessions.views(),
          notices: engine.notices.list(),
          clockOffsetMs: sessions.clockOffsetMs,
          ownFolder: options.configDir === undefined,
          proxy: currentProxy() !== undefined,
        })
        await systemClipboard.writeText(report)
      },
    },
    log,
  })
  appearance.onChange((now) => emit('appearance.changed', now))
  // A page that waits gets its list before anything else is done.
  await setImmediate()
  const agent = startAgent({ ...engine, version: app.getVersion(), configDir, log }).catch(reportBug)
  sessions.setEndWarnings(endWarningSeconds[settings.current.endWarnings])
  // Connections are kept, so none is opened before it is known how.
  proxy
    .then(leaveByProxy)
    .then(() => sessions.start())
    .then(() => engine.sweep())
    .catch(reportBug)
  const awsFiles = keepUpToDate({
    ...engine,
    files: engine.awsFiles,
    kept: engine.keptSections,
    clock: systemClock,
    tell: (profileId, failure) => {
      const id = `aws-files-${profileId}`
      if (failure) engine.notices.put({ id, tone: 'warn', failure })
      else engine.notices.dismiss(id)
    },
    reportBug,
  })

  const command = (next: AppCommand): void => emit('app.command', next)
  const showWindow = (): void => window.show()
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      appMenuTemplate({
        platform: process.platform,
        packaged: app.isPackaged,
        command: (next) => {
          showWindow()
          command(next)
        },
        showLogs: () => shell.showItemInFolder(logFile.file),
      }),
    ),
  )
  tray = createTray(
    () => sessions.views(),
    createTrayActions({
      handlers,
      nameOf: (profileId) => engine.profiles.get(profileId)?.name ?? 'Sesame',
      showWindow,
      command,
      notify: (message, onClick) => notify(message, log, onClick),
      quit: () => app.quit(),
      reportBug,
    }),
    log,
  )
  sessions.onSessionChange(() => tray?.update())
  sessions.onSessionChange(
    createEndingNotices({
      nameOf: (profileId) => engine.profiles.get(profileId)?.name ?? 'A profile',
      now: () => Date.now() + (sessions.clockOffsetMs ?? 0),
      notify: (message, onClick) => notify(message, log, onClick),
      open: (profileId) => {
        showWindow()
        command({ kind: 'sign-in', profileId })
      },
    }),
  )

  let isShuttingDown = false
  listenToPower({
    suspending: () => sessions.wake('suspend'),
    resumed: () => sessions.wake('resume'),
    unlocked: () => void handlers['vault.retry'](),
    shuttingDown: () => {
      isShuttingDown = true
    },
  })
  quit = guardQuit({
    app,
    // Where memory only was asked for, sessions are meant to end.
    views: () => (options.vault === 'keychain' ? sessions.views() : []),
    unsavedSecrets: () => {
      const profiles = [...engine.profiles.list(), ...engine.profiles.removed()]
      return engine.unsavedSecrets().flatMap(({ kind, profileId }) => {
        const profile = profiles.find(({ id }) => id === profileId)
        return profile === undefined ? [] : [{ kind, name: profile.name }]
      })
    },
    endSignOuts: () => sessions.endSignOuts(),
    mayAsk: () => !isShuttingDown,
    ask: askBeforeLoss,
    tokensKept: () => sessions.tokensKept(),
    finish: async () => {
      window.remember()
      const started = await agent
      if (started?.ok) await started.value.close()
      // Together: both wait for credentials, which may wait for what closing the engine gives up.
      await Promise.all([awsFiles.stop(), endpoints.stop(), engine.close()])
      await settings.settled()
      log.info('app.stopped')
      await logFile.flush()
    },
    clock: systemClock,
    log,
  })
  // Node would wait for a call that hangs in the keychain, for ever on a forgotten prompt.
  process.once('exit', () => {
    if (engine.isStuck()) process.kill(process.pid, 'SIGKILL')
  })
  // A development build would register Electron itself.
  if (app.isPackaged) app.setAsDefaultProtocolClient(scheme)
  deepLinks.deliver((url) => void sessions.receiveCallback(url))
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  app.on('window-all-closed', () => app.quit())
  log.info('app.started', { version: app.getVersion(), host: readHost(), vault: options.vault })
}

// A second start hands over to the first, before anything of it touches a file.
if (app.requestSingleInstanceLock()) {
  app.enableSandbox()
  registerAppScheme()
  hardenAllContents(log)
  const opening = openEngine()
  // Never awaited at top level: Electron becomes ready only after this module has been evaluated.
  app
    .whenReady()
    .then(() => start(opening))
    .catch((error: unknown) => {
      log.error('boot.failed', { error })
      endWithError('Sesame could not start.', logFile.file)
    })
} else {
  app.quit()
}
