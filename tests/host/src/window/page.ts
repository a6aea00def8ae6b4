/**
 * One page in Chromium: its target, its protocol session, the scripts before its own, the way to its preload's world.
 * Knows the protocol and nothing of Electron; what happens goes to a listener.
 */
import type { Protocol } from 'playwright-core/types/protocol'
import type { Browser } from '../chromium/browser.ts'
import type { ProtocolSession } from '../chromium/connection.ts'
import { followTheme, prefersDark } from '../desktop/theme.ts'
import { type FromPage, ISOLATED_WORLD, RECEIVE_FUNCTION, SEND_BINDING, type ToPage } from '../ipc/wire.ts'
import { followOnline } from '../web/net.ts'
import type { ConsoleMessage } from './events.ts'

export interface PageListener {
  /** The target exists; nothing has run in it yet. */
  onTarget(targetId: string): void
  /** @param context where to answer to; gone after a navigation */
  onMessage(message: FromPage, context: number): void
  onStartedNavigating(url: string, isSameDocument: boolean): void
  onNavigated(url: string): void
  onNavigatedInPage(url: string): void
  onDomReady(): void
  onLoaded(): void
  onConsole(message: ConsoleMessage): void
  onWindowOpen(url: string, name: string): void
  onCrashed(): void
}

export interface PageOptions {
  readonly size: Electron.Size
  /** What runs before the page's own scripts, in its own and in the isolated world; see page-scripts.ts. */
  readonly scripts: { readonly mainWorld: string; readonly preloadWorld: string }
  /** Makes the window and answers its target. */
  readonly createTarget: (size: Electron.Size) => Promise<string>
}

export type NavigationStart =
  | { readonly kind: 'started' }
  /** Only the hash changed: nothing will be loaded. */
  | { readonly kind: 'same-document' }
  /** `code` is Chromium's, as `net::ERR_FAILED`. */
  | { readonly kind: 'failed'; readonly code: string }

type NavigationType = Protocol.Page.frameStartedNavigatingPayload['navigationType']

const CONSOLE_LEVELS: Readonly<Record<string, ConsoleMessage['level']>> = {
  error: 'error',
  assert: 'error',
  warning: 'warning',
  debug: 'debug',
}

export class Page {
  readonly targetId: string
  private readonly browser: Browser
  private readonly session: ProtocolSession
  private readonly listener: PageListener
  private readonly navigationTypes = new Map<string, NavigationType>()
  private readonly stops: (() => void)[] = []
  /** The isolated world of the document that is there now. */
  private context: number | undefined

  private constructor(browser: Browser, targetId: string, session: ProtocolSession, listener: PageListener) {
    this.browser = browser
    this.targetId = targetId
    this.session = session
    this.listener = listener
  }

  static async open(browser: Browser, options: PageOptions, listener: PageListener): Promise<Page> {
    const targetId = await options.createTarget(options.size)
    const page = new Page(browser, targetId, await browser.attach(targetId), listener)
    listener.onTarget(targetId)
    page.listenToNavigation()
    page.listenToWorlds()
    await page.prepare(options)
    return page
  }

  private listenToNavigation(): void {
    const { session, listener } = this
    session.on('Page.frameStartedNavigating', ({ frameId, url, loaderId, navigationType }) => {
      if (frameId !== this.targetId) return
      this.navigationTypes.set(loaderId, navigationType)
      listener.onStartedNavigating(
        url,
        navigationType === 'sameDocument' || navigationType === 'historySameDocument',
      )
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) listener.onNavigated(frame.url)
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.targetId) listener.onNavigatedInPage(url)
    })
    session.on('Page.domContentEventFired', () => listener.onDomReady())
    session.on('Page.loadEventFired', () => listener.onLoaded())
    session.on('Page.windowOpen', ({ url, windowName }) => listener.onWindowOpen(url, windowName))
    session.on('Inspector.targetCrashed', () => listener.onCrashed())
  }

  private listenToWorlds(): void {
    const { session, listener } = this
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const auxiliary: { frameId?: string } = context.auxData ?? {}
      if (context.name === ISOLATED_WORLD && auxiliary.frameId === this.targetId) this.context = context.id
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.context) this.context = undefined
    })
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      // Only the isolated world of the document that is there now has a say.
      if (name === SEND_BINDING && executionContextId === this.context) {
        listener.onMessage(JSON.parse(payload), executionContextId)
      }
    })
    session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const [caller] = stackTrace?.callFrames ?? []
      listener.onConsole({
        level: CONSOLE_LEVELS[type] ?? 'info',
        message: args.map((arg) => String(arg.value ?? arg.description)).join(' '),
        lineNumber: caller === undefined ? 0 : caller.lineNumber + 1,
        sourceId: caller?.url ?? '',
      })
    })
  }

  private async prepare({ size, scripts }: PageOptions): Promise<void> {
    const { session } = this
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Inspector.enable'),
      session.send('Runtime.addBinding', { name: SEND_BINDING, executionContextName: ISOLATED_WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.mainWorld }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: scripts.preloadWorld,
        worldName: ISOLATED_WORLD,
      }),
      this.setContentSize(size),
      this.applyTheme(),
    ])
    const inBackground = (work: Promise<unknown>): void => {
      work.catch(() => {
        // the page went away meanwhile
      })
    }
    this.stops.push(
      followTheme(() => inBackground(this.applyTheme())),
      followOnline((isOnline) => inBackground(this.applyOnline(isOnline))),
    )
  }

  private applyTheme(): Promise<unknown> {
    const value = prefersDark() ? 'dark' : 'light'
    return this.session.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value }],
    })
  }

  /** Only what the page can read: `navigator.onLine` and its events. Requests go on. */
  private applyOnline(isOnline: boolean): Promise<unknown> {
    const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
    return this.session.send('Network.overrideNetworkState', { offline: !isOnline, ...unlimited })
  }

  /** How a document's request came about, by its loader; undefined while that is unknown. */
  navigationType(loaderId: string | undefined): NavigationType | undefined {
    return loaderId === undefined ? undefined : this.navigationTypes.get(loaderId)
  }

  async navigate(url: string): Promise<NavigationStart> {
    const { errorText, loaderId } = await this.session.send('Page.navigate', { url })
    if (errorText !== undefined) return { kind: 'failed', code: errorText }
    return loaderId === undefined ? { kind: 'same-document' } : { kind: 'started' }
  }

  /** Forgets the blank document that every window opens with. */
  async afterFirstLoad(size: Electron.Size): Promise<void> {
    await Promise.all([this.session.send('Page.resetNavigationHistory'), this.setContentSize(size)])
  }

  async reload(): Promise<void> {
    await this.session.send('Page.reload')
  }

  /** Runs in the page's own world, with a person's consent (user activation), as Electron's can. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  /** A question in the window, for the person in front of it; see desktop/dialogs.ts. */
  async confirm(question: string): Promise<boolean> {
    // Not the page's own world, where the app may have switched dialogs off.
    const { result } = await this.session.send('Runtime.evaluate', {
      expression: `confirm(${JSON.stringify(question)})`,
      ...(this.context === undefined ? {} : { contextId: this.context }),
    })
    return result.value === true
  }

  async crash(): Promise<void> {
    await this.session.send('Page.crash')
  }

  /** @returns a PNG */
  async capture(): Promise<Buffer> {
    const { data } = await this.session.send('Page.captureScreenshot', { format: 'png' })
    return Buffer.from(data, 'base64')
  }

  /** To the preload's world; lost, as in Electron, when the document it was for is gone. */
  deliver(message: ToPage, context = this.context): void {
    if (context === undefined) return
    this.session
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `function (text) { ${RECEIVE_FUNCTION}(text) }`,
        executionContextId: context,
        arguments: [{ value: JSON.stringify(message) }],
      })
      .catch(() => {
        // it went away meanwhile
      })
  }

  private async setContentSize({ width, height }: Electron.Size): Promise<void> {
    const { windowId } = await this.browser.root.send('Browser.getWindowForTarget', {
      targetId: this.targetId,
    })
    await this.browser.root.send('Browser.setContentsSize', { windowId, width, height }).catch(() => {
      // An app-like window has no contents yet when it opens; afterFirstLoad() does it again.
    })
  }

  /** What a person sees of the window. */
  async setWindowBounds(bounds: Protocol.Browser.Bounds): Promise<void> {
    const { windowId } = await this.browser.root.send('Browser.getWindowForTarget', {
      targetId: this.targetId,
    })
    await this.browser.root.send('Browser.setWindowBounds', { windowId, bounds })
  }

  async activate(): Promise<void> {
    await this.browser.root.send('Target.activateTarget', { targetId: this.targetId })
  }

  close(): void {
    for (const stop of this.stops) stop()
    this.browser.root.send('Target.closeTarget', { targetId: this.targetId }).catch(() => {
      // it is gone already
    })
  }
}
