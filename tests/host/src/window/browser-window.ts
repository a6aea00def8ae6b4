/** `BrowserWindow`: a window's life, its state as the app set it, its events. Drawn by Chromium, if at all. */
import { appEvents } from '../app/events.ts'
import { quitWasPrevented, settle } from '../app/lifecycle.ts'
import { identity, life, windows } from '../app/state.ts'
import { HostEvent } from '../host-event.ts'
import { loud } from '../loud.ts'
import { titleNotice } from '../visible.ts'
import type { Page } from './page.ts'
import { browserWindows, focusedWindow, pagesByTarget } from './registry.ts'
import { UndrawnWindow } from './undrawn-window.ts'
import { WebContents } from './web-contents.ts'
import { setWindowFactory } from './window-factory.ts'

type Covered = Pick<
  Electron.BrowserWindow,
  | 'blur'
  | 'center'
  | 'close'
  | 'destroy'
  | 'flashFrame'
  | 'focus'
  | 'getBounds'
  | 'getContentBounds'
  | 'getNormalBounds'
  | 'getSize'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadFile'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'moveTop'
  | 'reload'
  | 'removeMenu'
  | 'restore'
  | 'setAlwaysOnTop'
  | 'setBackgroundColor'
  | 'setBounds'
  | 'setContentProtection'
  | 'setFullScreen'
  | 'setMenu'
  | 'setMenuBarVisibility'
  | 'setMinimumSize'
  | 'setProgressBar'
  | 'setSize'
  | 'setSkipTaskbar'
  | 'setTitle'
  | 'setTitleBarOverlay'
  | 'show'
  | 'showInactive'
  | 'unmaximize'
>
type Mode = 'normal' | 'minimized' | 'maximized' | 'fullscreen'
type ModeEvent =
  | 'minimize'
  | 'restore'
  | 'maximize'
  | 'unmaximize'
  | 'enter-full-screen'
  | 'leave-full-screen'

export class BrowserWindow extends UndrawnWindow implements Covered {
  readonly id: number
  readonly webContents: WebContents
  private title: string
  private bounds: Electron.Rectangle
  private mode: Mode = 'normal'
  private visible: boolean
  private focused = false
  private isGone = false
  private isLost = false
  private wasReadyToShow = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    this.setMaxListeners(0)
    if (!life.isReady) throw new Error('Cannot create BrowserWindow before app is ready')
    const self = loud('BrowserWindow', this)
    this.webContents = new WebContents(() => self.asOwner(), options)
    this.id = this.webContents.id
    this.visible = options.show !== false
    this.title = options.title ?? identity.name
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
    browserWindows.push(self)
    windows.push(self)
    appEvents.emit('web-contents-created', new HostEvent(), this.webContents)
    appEvents.emit('browser-window-created', new HostEvent(), self)
    if (this.visible) {
      queueMicrotask(() => {
        self.emit('show')
        self.focus()
      })
    }
    return self
  }

  static getAllWindows(): BrowserWindow[] {
    return [...browserWindows]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focusedWindow()
  }

  static fromWebContents(webContents: WebContents | undefined): BrowserWindow | null {
    return browserWindows.find((window) => window.webContents === webContents) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return browserWindows.find((window) => window.id === id) ?? null
  }

  private asOwner() {
    return {
      close: () => this.close(),
      focus: () => this.focus(),
      isFocused: () => this.focused,
      setTitle: (title: string) => this.setTitle(title),
      emitTitle: (event: HostEvent, title: string) =>
        void this.emit('page-title-updated', event, title, true),
      readyToShow: () => {
        if (!this.wasReadyToShow) this.emit('ready-to-show')
        this.wasReadyToShow = true
      },
    }
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  loadFile(file: string): Promise<void> {
    return this.webContents.loadFile(file)
  }

  reload(): void {
    this.webContents.reload()
  }

  /** What a person sees of it, in visible mode, while it is there. */
  private inWindow(work: (page: Page) => Promise<void>): void {
    if (!this.isLost) this.webContents.hostInWindow(work)
  }

  // ---- shown, hidden, focused

  show(): void {
    this.showInactive()
    this.focus()
    this.inWindow((page) => page.activate())
  }

  showInactive(): void {
    if (this.visible) return
    this.visible = true
    this.emit('show')
    this.inWindow((page) => page.setWindowBounds({ windowState: 'normal' }))
  }

  hide(): void {
    if (!this.visible) return
    this.visible = false
    this.blur()
    this.emit('hide')
    // There is no tray to bring it back from: out of the way, but in reach.
    this.inWindow((page) => page.setWindowBounds({ windowState: 'minimized' }))
  }

  focus(): void {
    if (this.focused) return
    for (const window of browserWindows) window.blur()
    this.focused = true
    this.emit('focus')
    appEvents.emit('browser-window-focus', new HostEvent(), this)
  }

  blur(): void {
    if (!this.focused) return
    this.focused = false
    this.emit('blur')
    appEvents.emit('browser-window-blur', new HostEvent(), this)
  }

  moveTop(): void {
    this.inWindow((page) => page.activate())
  }

  isVisible(): boolean {
    return this.visible
  }

  isFocused(): boolean {
    return this.focused
  }

  // ---- minimized, maximized, full screen

  minimize(): void {
    this.change('minimized', 'minimize')
  }

  restore(): void {
    this.change('normal', 'restore')
  }

  maximize(): void {
    this.change('maximized', 'maximize')
  }

  unmaximize(): void {
    this.change('normal', 'unmaximize')
  }

  setFullScreen(isFullScreen: boolean): void {
    if (isFullScreen) this.change('fullscreen', 'enter-full-screen')
    else this.change('normal', 'leave-full-screen')
  }

  isMinimized(): boolean {
    return this.mode === 'minimized'
  }

  isMaximized(): boolean {
    return this.mode === 'maximized'
  }

  isFullScreen(): boolean {
    return this.mode === 'fullscreen'
  }

  private change(mode: Mode, event: ModeEvent): void {
    if (this.mode === mode) return
    this.mode = mode
    this.emit(event)
    this.inWindow((page) => page.setWindowBounds({ windowState: mode }))
  }

  // ---- title and size

  getTitle(): string {
    return this.title
  }

  /** In visible mode the window also says that it is a stand-in; `getTitle` answers the app's own. */
  setTitle(title: string): void {
    this.title = title
    if (titleNotice === '' || this.webContents.getTitle() === title) return
    this.inWindow(async (page) => {
      await page.evaluate(`document.title = ${JSON.stringify(title + titleNotice)}`)
    })
  }

  getBounds(): Electron.Rectangle {
    return { ...this.bounds }
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds()
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds()
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds }
    this.emit('resize')
    this.emit('move')
    const { x: left, y: top, width, height } = this.bounds
    this.inWindow((page) => page.setWindowBounds({ left, top, width, height }))
  }

  getSize(): number[] {
    return [this.bounds.width, this.bounds.height]
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  // ---- the end

  close(): void {
    if (this.isGone) return
    const event = new HostEvent()
    this.emit('close', event)
    if (event.defaultPrevented) quitWasPrevented()
    else this.destroy()
  }

  destroy(): void {
    if (this.isGone) return
    this.isGone = true
    this.focused = false
    this.webContents.hostDestroy()
    remove(browserWindows, (window) => window.id === this.id)
    remove(windows, (window) => window.isDestroyed())
    this.emit('closed')
    settle()
  }

  isDestroyed(): boolean {
    return this.isGone
  }

  // ---- for the stand-in: names that begin with "host" are not Electron's

  hostIsLost(): boolean {
    return this.isLost
  }

  hostLose(): void {
    this.isLost = true
  }
}

function remove<T>(list: T[], isMeant: (item: T) => boolean): void {
  const at = list.findIndex(isMeant)
  if (at >= 0) list.splice(at, 1)
}

setWindowFactory((options) => new BrowserWindow(options))

/** The `webContents` module. */
export const webContents = loud('webContents module', {
  getAllWebContents: () => browserWindows.map((window) => window.webContents),
  fromId: (id: number) => browserWindows.find((window) => window.webContents.id === id)?.webContents,
  getFocusedWebContents: () => focusedWindow()?.webContents ?? null,
  /** Playwright finds the window of a page by it. */
  fromDevToolsTargetId: (targetId: string) => pagesByTarget.get(targetId),
} satisfies Partial<Record<keyof typeof Electron.WebContents, unknown>>)
