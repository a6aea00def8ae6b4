/** `WebContents`: Electron's surface over one {@link Page}, and the app's side of its IPC. */
import { EventEmitter } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { appEvents } from '../app/events.ts'
import { identity } from '../app/state.ts'
import { type NativeImage, nativeImage } from '../desktop/native-image.ts'
import { HostEvent, hostEvent } from '../host-event.ts'
import { encode } from '../ipc/codec.ts'
import { IpcMain } from '../ipc/ipc-main.ts'
import type { ToPage } from '../ipc/wire.ts'
import { note } from '../journal.ts'
import { loud } from '../loud.ts'
import { isVisible } from '../visible.ts'
import { toReal, toShown } from '../web/app-scheme.ts'
import { prepareForPage } from '../web/permissions.ts'
import { defaultSession } from '../web/session.ts'
import { createAppWindow, createHiddenTarget } from './create-target.ts'
import type { WebContentsEvents } from './events.ts'
import { loadFailure } from './load-error.ts'
import { Page } from './page.ts'
import { mainWorldScript, preloadWorldScript, readPreload } from './page-scripts.ts'
import { listenerFor } from './page-to-app.ts'
import { refuseInsecure } from './preferences.ts'
import { nextId, pagesByTarget, whenBrowser } from './registry.ts'
import { WebFrameMain } from './web-frame-main.ts'

type Covered = Pick<
  Electron.WebContents,
  | 'close'
  | 'executeJavaScript'
  | 'focus'
  | 'getTitle'
  | 'getURL'
  | 'getZoomFactor'
  | 'id'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isDevToolsOpened'
  | 'isFocused'
  | 'isLoading'
  | 'loadFile'
  | 'loadURL'
  | 'reload'
  | 'reloadIgnoringCache'
  | 'send'
  | 'setWindowOpenHandler'
  | 'setZoomFactor'
>
export type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]

/** The window that a page lives in, as the page needs it. */
export interface Owner {
  close(): void
  focus(): void
  isFocused(): boolean
  setTitle(title: string): void
  emitTitle(event: HostEvent, title: string): void
  readyToShow(): void
}

/** What the page's events change; see page-to-app.ts. */
export interface PageState {
  url: string
  title: string
  isLoading: boolean
  isCrashed: boolean
}

const withoutHash = (url: string): string => url.replace(/#.*/, '')

export class WebContents extends EventEmitter<WebContentsEvents> implements Covered {
  readonly id = nextId()
  readonly mainFrame: WebFrameMain
  readonly session = defaultSession
  readonly ipc = loud('webContents.ipc', new IpcMain())
  private readonly owner: () => Owner
  private readonly options: Electron.BrowserWindowConstructorOptions
  private readonly state: PageState = { url: '', title: '', isLoading: false, isCrashed: false }
  /** Documents that the app itself asked for: no will-navigate for these. */
  private readonly expected = new Set<string>()
  private opening: Promise<Page> | undefined
  private page: Page | undefined
  private isGone = false
  private zoomFactor = 1
  private openHandler: WindowOpenHandler | undefined

  constructor(owner: () => Owner, options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.setMaxListeners(0)
    const { webPreferences = {} } = options
    refuseInsecure(webPreferences)
    this.owner = owner
    this.options = options
    const self = loud('webContents', this)
    this.mainFrame = new WebFrameMain(self)
    // A visible window has to know its first address; see create-target.ts.
    if (!isVisible) self.open('about:blank').catch(() => {})
    return self
  }

  private get size(): Electron.Size {
    const { width = 800, height = 600 } = this.options
    return { width, height }
  }

  /** The page, made at the first call. */
  private open(url: string): Promise<Page> {
    this.opening ??= this.create(url).catch((error: unknown) => {
      if (!this.isGone) console.error('stand-in: cannot open a window:', error)
      throw error
    })
    return this.opening
  }

  private async create(url: string): Promise<Page> {
    const { webPreferences = {} } = this.options
    const browser = await whenBrowser()
    const preload = readPreload(webPreferences.preload)
    if (preload.kind === 'failed') this.emit('preload-error', new HostEvent(), preload.path, preload.error)
    const scripts = {
      mainWorld: mainWorldScript(webPreferences.disableDialogs === true),
      preloadWorld: preloadWorldScript(preload),
    }
    const createTarget = (size: Electron.Size): Promise<string> =>
      isVisible ? createAppWindow(browser, url, size) : createHiddenTarget(browser, size)
    const page = await Page.open(
      browser,
      { size: this.size, scripts, createTarget },
      listenerFor(this, this.state, this.owner, browser.root),
    )
    this.page = page
    if (this.isGone) page.close()
    return page
  }

  async loadURL(url: string): Promise<void> {
    if (!URL.canParse(url)) throw this.failLoad('ERR_INVALID_URL', url)
    this.state.isLoading = true
    const page = await this.open(url)
    const browser = await whenBrowser()
    await prepareForPage(browser.root, this, url)
    const isFirst = this.state.url === ''
    const shown = toShown(url)
    this.expected.add(withoutHash(toReal(shown)))
    const loaded = new Promise<void>((onLoaded) => this.once('did-finish-load', () => onLoaded()))
    const start = await page.navigate(shown)
    if (start.kind === 'failed') throw this.failLoad(start.code, url)
    if (start.kind === 'same-document') {
      this.expected.delete(withoutHash(url))
      this.state.isLoading = false
      return
    }
    await loaded
    if (!isFirst) return
    await page.afterFirstLoad(this.size).catch(() => {
      // Closed at once: what was asked for, the page, had been loaded.
    })
  }

  private failLoad(code: string, url: string): Error {
    const failure = loadFailure(code, url)
    this.state.isLoading = false
    this.emit('did-fail-load', new HostEvent(), failure.errno, failure.code, url, true)
    return failure.error
  }

  loadFile(file: string): Promise<void> {
    return this.loadURL(pathToFileURL(resolve(identity.appPath, file)).href)
  }

  reload(): void {
    this.expected.add(withoutHash(this.state.url))
    this.inBackground((page) => page.reload())
  }

  reloadIgnoringCache(): void {
    this.reload()
  }

  /** In the page's own world. Unlike Electron's, it is not bound by the page's content security policy. */
  async executeJavaScript(code: string, _userGesture?: boolean): Promise<unknown> {
    return await (await this.open('about:blank')).evaluate(code)
  }

  async capturePage(): Promise<NativeImage> {
    return nativeImage.createFromBuffer(await (await this.open('about:blank')).capture())
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
    this.hostDeliver({ kind: 'event', channel, body: encode(args) })
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler
  }

  getURL(): string {
    return this.state.url
  }

  getTitle(): string {
    return this.state.title
  }

  isLoading(): boolean {
    return this.state.isLoading
  }

  isDestroyed(): boolean {
    return this.isGone
  }

  isCrashed(): boolean {
    return this.state.isCrashed
  }

  isFocused(): boolean {
    return this.owner().isFocused()
  }

  focus(): void {
    this.owner().focus()
  }

  close(): void {
    this.owner().close()
  }

  /** Kept, not applied. */
  setZoomFactor(factor: number): void {
    this.zoomFactor = factor
  }

  getZoomFactor(): number {
    return this.zoomFactor
  }

  /** Chromium's own zoom by pinching is not there to be limited. */
  setVisualZoomLevelLimits(_minimum: number, _maximum: number): Promise<void> {
    return Promise.resolve()
  }

  openDevTools(): void {
    note('webContents.openDevTools')
  }

  closeDevTools(): void {}

  isDevToolsOpened(): boolean {
    return false
  }

  forcefullyCrashRenderer(): void {
    // The command itself is never answered.
    this.page?.crash().catch(() => {})
  }

  setBackgroundThrottling(_isAllowed: boolean): void {}

  setIgnoreMenuShortcuts(_ignore: boolean): void {}

  // ---- for the stand-in: names that begin with "host" are not Electron's

  hostDeliver(message: ToPage, context?: number): void {
    if (!this.isGone) this.page?.deliver(message, context)
  }

  /** @returns undefined when there is no page to ask in */
  hostConfirm(question: string): Promise<boolean> | undefined {
    return this.isGone ? undefined : this.page?.confirm(question)
  }

  hostWindowOpenHandler(): WindowOpenHandler | undefined {
    return this.openHandler
  }

  /**
   * Whether a document's request may go on. The app's own loads and reloads and the history are not put to it, as in
   * Electron; whatever is not known to be one of these is the page's doing and is.
   */
  hostMayNavigate(url: string, loaderId: string | undefined, isRedirect: boolean): boolean {
    const details = {
      url,
      isSameDocument: false,
      isMainFrame: true,
      frame: this.mainFrame,
      initiator: this.mainFrame,
    }
    const event = hostEvent(details)
    if (isRedirect) {
      this.emit('will-redirect', event, url, false, true)
      return !event.defaultPrevented
    }
    if (this.expected.delete(withoutHash(url))) return true
    const type = this.page?.navigationType(loaderId)
    if (type !== undefined && type !== 'differentDocument') return true
    this.emit('will-navigate', event, url, false, true)
    this.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }

  hostInWindow(work: (page: Page) => Promise<void>): void {
    if (isVisible) this.inBackground(work)
  }

  private inBackground(work: (page: Page) => Promise<void>): void {
    const { page } = this
    if (page === undefined || this.isGone) return
    work(page).catch((error: unknown) => {
      if (!this.isGone) console.error('stand-in:', error)
    })
  }

  hostDestroy(): void {
    if (this.isGone) return
    this.isGone = true
    if (this.page !== undefined) pagesByTarget.delete(this.page.targetId)
    this.page?.close()
    this.emit('destroyed')
  }

  /** Chromium crashed under the page. */
  hostCrashed(): void {
    this.state.isCrashed = true
    const details = { reason: 'crashed', exitCode: 1 } as const
    this.emit('render-process-gone', new HostEvent(), details)
    appEvents.emit('render-process-gone', new HostEvent(), this, details)
  }
}
