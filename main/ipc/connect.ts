// Owns the connection of the engine to the windows: every request has its handler, every change its event.
import { failure } from '../failure.ts'
import type { Log } from '../logging/log.ts'
import { coalesceProfileChanges, createEmit, type Emit } from './events.ts'
import type { Handlers } from './handler.ts'
import { appHandlers } from './handlers/app.ts'
import { awsFilesHandlers } from './handlers/aws-files.ts'
import { containerEndpointHandlers } from './handlers/container-endpoint.ts'
import { credentialHandlers } from './handlers/credentials.ts'
import type { HandlerDeps } from './handlers/deps.ts'
import { importHandlers } from './handlers/import.ts'
import { profileHandlers } from './handlers/profiles.ts'
import { sessionHandlers } from './handlers/session.ts'
import type { IpcMainPort, SendToWindows } from './port.ts'
import { registerRequests } from './register.ts'

export interface ConnectOptions extends Omit<HandlerDeps, 'emit'> {
  readonly ipcMain: IpcMainPort
  readonly isOurWindow: (senderId: number) => boolean
  readonly send: SendToWindows
  readonly log: Log
}

export interface Connection {
  /** The same handlers, for what the tray does itself. */
  readonly handlers: Handlers
  readonly emit: Emit
}

/** All handlers of the contract over the engine's parts. */
export const createHandlers = (deps: HandlerDeps): Handlers => ({
  ...appHandlers(deps),
  ...profileHandlers(deps),
  ...importHandlers(deps),
  ...sessionHandlers(deps),
  ...credentialHandlers(deps),
  ...awsFilesHandlers(deps),
  ...containerEndpointHandlers(deps),
})

/** Registers the handlers and starts sending events. */
export const connectIpc = (options: ConnectOptions): Connection => {
  const { sessions, vault, clipboard, notices, log } = options
  const emit = createEmit(options.send, log)
  const handlers = createHandlers({ ...options, emit })
  registerRequests({ ipcMain: options.ipcMain, handlers, isOurWindow: options.isOurWindow, log })

  const changes = coalesceProfileChanges(emit, {
    view: (profileId) => sessions.view(profileId),
    order: () => sessions.views().map(({ profile }) => profile.id),
  })
  const tellDepartures = (): void => {
    const names = sessions.departing()
    if (names.length === 0) notices.dismiss('departures')
    else {
      const failed = failure('session.still-ending', { detail: names.join(', ') })
      notices.put({ id: 'departures', tone: 'warn', failure: failed })
    }
  }
  sessions.onSessionChange((change) => {
    switch (change.kind) {
      case 'profiles':
        changes.changed(change.profileIds)
        break
      case 'order':
        changes.reordered()
        break
      case 'clock':
        emit('clock.changed', { offsetMs: change.offsetMs })
        break
      case 'activity':
        emit('activity.added', change.event)
        break
      case 'departures':
        tellDepartures()
        break
      case 'ending':
        // Told by the operating system, since no window may be open.
        break
    }
  })
  vault.onStateChange((state) => emit('vault.changed', state))
  clipboard.onChange((view) => emit('clipboard.changed', view))
  notices.onChange((list) => emit('notices.changed', list))
  return { handlers, emit }
}
