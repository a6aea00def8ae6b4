/** From a page's events to Electron's: what each means for the app's listeners and handlers. */
import type { ProtocolSession } from '../chromium/connection.ts'
import { HostEvent, hostEvent } from '../host-event.ts'
import { decode, decodeList, encode } from '../ipc/codec.ts'
import { type IpcMainInvokeEvent, ipcMain } from '../ipc/ipc-main.ts'
import type { FromPage } from '../ipc/wire.ts'
import { toReal } from '../web/app-scheme.ts'
import { BLANK_PATH } from '../web/interception.ts'
import { answerPage } from '../web/permissions.ts'
import { openFromPage } from './open-from-page.ts'
import type { PageListener } from './page.ts'
import { pagesByTarget } from './registry.ts'
import type { Owner, PageState, WebContents } from './web-contents.ts'

/** The empty document a window opens with is not the app's, and no event tells of it. */
const isBlank = (url: string): boolean => url === '' || url === 'about:blank' || url.includes(BLANK_PATH)

export function listenerFor(
  webContents: WebContents,
  state: PageState,
  owner: () => Owner,
  root: ProtocolSession,
): PageListener {
  return {
    onTarget: (targetId) => pagesByTarget.set(targetId, webContents),
    onMessage: (message, context) => receive(webContents, state, owner, root, message, context),
    onStartedNavigating(shownUrl, isSameDocument) {
      const url = toReal(shownUrl)
      if (isBlank(url)) return
      if (!isSameDocument) state.isLoading = true
      const frame = webContents.mainFrame
      const details = hostEvent({ url, isSameDocument, isMainFrame: true, frame, initiator: frame })
      webContents.emit('did-start-navigation', details, url, isSameDocument, true)
    },
    onNavigated(shownUrl) {
      const url = toReal(shownUrl)
      if (isBlank(url)) return
      state.url = url
      state.isCrashed = false
      webContents.emit('did-navigate', new HostEvent(), url, 200, 'OK')
    },
    onNavigatedInPage(shownUrl) {
      state.url = toReal(shownUrl)
      webContents.emit('did-navigate-in-page', new HostEvent(), state.url, true)
    },
    onDomReady() {
      if (!isBlank(state.url)) webContents.emit('dom-ready', new HostEvent())
    },
    onLoaded() {
      if (isBlank(state.url)) return
      state.isLoading = false
      webContents.emit('did-finish-load', new HostEvent())
      webContents.emit('did-stop-loading')
      owner().readyToShow()
    },
    onConsole: (message) => webContents.emit('console-message', hostEvent(message)),
    // A link with target=_blank; window.open comes as a message.
    onWindowOpen: (url, name) => openFromPage(webContents, toReal(url), name === '_blank' ? '' : name, ''),
    onCrashed: () => webContents.hostCrashed(),
  }
}

function receive(
  webContents: WebContents,
  state: PageState,
  owner: () => Owner,
  root: ProtocolSession,
  message: FromPage,
  context: number,
): void {
  switch (message.kind) {
    case 'send': {
      const args = decodeList(message.body)
      const reply = (channel: string, ...values: unknown[]): void => webContents.send(channel, ...values)
      const event = Object.assign(ipcEvent(webContents), { ports: [], reply })
      webContents.emit('ipc-message', event, message.channel, ...args)
      webContents.ipc.emit(message.channel, event, ...args)
      ipcMain.emit(message.channel, event, ...args)
      return
    }
    case 'invoke':
      void invoke(webContents, message, context)
      return
    case 'title': {
      const event = new HostEvent()
      state.title = message.title
      webContents.emit('page-title-updated', event, message.title, true)
      owner().emitTitle(event, message.title)
      if (!event.defaultPrevented) owner().setTitle(message.title)
      return
    }
    case 'permission':
      void answerPage(root, webContents, message).then((isGranted) =>
        webContents.hostDeliver({ kind: 'result', id: message.id, body: encode(isGranted) }, context),
      )
      return
    case 'window-open':
      openFromPage(webContents, toReal(message.url), message.name, message.features)
      return
    case 'window-close':
      owner().close()
      return
    case 'preload-error': {
      const error = decode(message.body)
      webContents.emit(
        'preload-error',
        new HostEvent(),
        message.path,
        error instanceof Error ? error : new Error(String(error)),
      )
    }
  }
}

function ipcEvent(sender: WebContents): IpcMainInvokeEvent {
  return hostEvent({
    type: 'frame',
    processId: 1,
    frameId: 1,
    sender,
    senderFrame: sender.mainFrame,
  } as const)
}

type Invoke = Extract<FromPage, { kind: 'invoke' }>

async function invoke(
  webContents: WebContents,
  { channel, id, body }: Invoke,
  context: number,
): Promise<void> {
  try {
    const handler = webContents.ipc.hostHandler(channel) ?? ipcMain.hostHandler(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const result: unknown = await Reflect.apply(handler, undefined, [
      ipcEvent(webContents),
      ...decodeList(body),
    ])
    webContents.hostDeliver({ kind: 'result', id, body: encode(result) }, context)
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    webContents.hostDeliver({ kind: 'error', id, message: String(error) }, context)
  }
}
