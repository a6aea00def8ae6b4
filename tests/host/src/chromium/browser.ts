/**
 * Owns the Chromium process: its start, its windows as targets, its end, its profile. Knows nothing of Electron.
 * Chromium ends with this process in any case, SIGKILL included, because its end of the pipe closes.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { Connection, type ProtocolSession } from './connection.ts'
import { removeProfile } from './profile.ts'

/** How long Chromium may take to close by itself, in milliseconds, before it is killed. */
const CLOSE_TIMEOUT_MS = 3000

export interface BrowserOptions {
  readonly executable: string
  readonly flags: readonly string[]
  readonly profile: string
  /** Chromium ended; the code is null when a signal ended it. */
  readonly onExit: (code: number | null) => void
}

export class Browser {
  private readonly options: BrowserOptions
  private readonly process: ChildProcess
  private readonly connection: Connection
  private readonly removeOnExit: () => void
  isClosed = false

  constructor(options: BrowserOptions) {
    this.options = options
    const child = spawn(options.executable, [...options.flags, '--remote-debugging-pipe'], {
      // Its stderr is ours: Playwright reads "DevTools listening on …" there.
      stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
    })
    this.process = child
    const [, , , output, input] = child.stdio
    if (!(output instanceof Writable) || !(input instanceof Readable))
      throw new Error('stand-in: no pipe to Chromium')
    this.connection = new Connection(output, input)
    this.removeOnExit = () => {
      if (!this.isClosed) child.kill('SIGKILL')
      removeProfile(options.profile)
    }
    process.once('exit', this.removeOnExit)
    const ended = (code: number | null): void => {
      if (this.isClosed) return
      this.isClosed = true
      this.connection.close()
      options.onExit(code)
    }
    child.once('exit', ended)
    child.once('error', (error) => {
      console.error(`stand-in: cannot start ${options.executable}:`, error.message)
      ended(null)
    })
  }

  get root(): ProtocolSession {
    return this.connection.root
  }

  attach(targetId: string): Promise<ProtocolSession> {
    return this.connection.attach(targetId)
  }

  /**
   * Opens an app-like window, without tabs and address bar. The protocol cannot: only a second start of the executable
   * with the same profile can, which hands its command line to the running one and ends.
   */
  openAppWindow(url: string): void {
    const flags = this.options.flags.filter(
      (flag) => !/^--(no-startup-window|remote-debugging-port)/.test(flag),
    )
    const messenger = spawn(this.options.executable, [...flags, `--app=${url}`], { stdio: 'ignore' })
    messenger.once('error', (error) => console.error('stand-in: cannot open a window:', error.message))
  }

  /** Resolves when Chromium has ended and its profile is gone. */
  async close(): Promise<void> {
    if (!this.isClosed) {
      const ended = once(this.process, 'exit')
      this.root.send('Browser.close').catch(() => {
        // it is closing already
      })
      const timer = setTimeout(() => this.process.kill('SIGKILL'), CLOSE_TIMEOUT_MS)
      await ended
      clearTimeout(timer)
    }
    process.removeListener('exit', this.removeOnExit)
    removeProfile(this.options.profile)
  }
}
