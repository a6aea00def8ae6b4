/** The DevTools protocol over Chromium's pipe: commands with answers, events, one session for each page. */
import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from 'playwright-core/types/protocol'

type Commands = Protocol.CommandParameters
type Answers = Protocol.CommandReturnValues
type Events = Protocol.Events

/** One NUL-terminated JSON text on the pipe. */
interface Message {
  readonly id?: number
  readonly error?: { readonly message: string }
  readonly result?: unknown
  readonly method?: string
  readonly params?: unknown
  readonly sessionId?: string
}

interface Pending {
  readonly method: string
  /**
   * Written as a method on purpose: a promise's own `resolve`, which takes the answer's type only, fits a method and
   * not a property. That the answer has this type is the protocol's promise; nothing checks it at run time.
   */
  resolve(result: unknown): void
  reject(error: Error): void
}

/** Sends commands to one target and hears its events; the root session speaks to the browser itself. */
export class ProtocolSession {
  private readonly connection: Connection
  private readonly id: string | undefined
  private readonly events = new EventEmitter().setMaxListeners(0)

  constructor(connection: Connection, id: string | undefined) {
    this.connection = connection
    this.id = id
  }

  /** Rejects with the protocol's message, or when the browser is gone. */
  send<M extends keyof Commands & keyof Answers>(method: M, params?: Commands[M]): Promise<Answers[M]> {
    return new Promise<Answers[M]>((resolve, reject) => {
      this.connection.send(method, params ?? {}, this.id, { method, resolve, reject })
    })
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void): void {
    this.events.on(event, listener)
  }

  /** For the connection only. */
  receive(event: string, params: unknown): void {
    this.events.emit(event, params)
  }
}

export class Connection {
  readonly root = new ProtocolSession(this, undefined)
  private readonly output: Writable
  private readonly sessions = new Map<string, ProtocolSession>()
  private readonly pending = new Map<number, Pending>()
  private lastId = 0
  private isClosed = false

  /**
   * @param output Chromium's file descriptor 3
   * @param input Chromium's file descriptor 4
   */
  constructor(output: Writable, input: Readable) {
    this.output = output
    // A write after Chromium's end is answered by close(), not by a crash.
    output.on('error', () => {})
    let unfinished: string[] = []
    input.setEncoding('utf8').on('data', (chunk: string) => {
      let from = 0
      for (let end = chunk.indexOf('\0'); end >= 0; end = chunk.indexOf('\0', from)) {
        unfinished.push(chunk.slice(from, end))
        from = end + 1
        const text = unfinished.join('')
        unfinished = []
        this.receive(JSON.parse(text))
      }
      if (from < chunk.length) unfinished.push(chunk.slice(from))
    })
  }

  send(method: string, params: object, sessionId: string | undefined, pending: Pending): void {
    if (this.isClosed) {
      pending.reject(new Error(`${method}: browser closed`))
      return
    }
    const id = ++this.lastId
    this.pending.set(id, pending)
    this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
  }

  async attach(targetId: string): Promise<ProtocolSession> {
    const { sessionId } = await this.root.send('Target.attachToTarget', { targetId, flatten: true })
    const session = new ProtocolSession(this, sessionId)
    this.sessions.set(sessionId, session)
    return session
  }

  /** The browser is gone: every open command fails. */
  close(): void {
    this.isClosed = true
    for (const pending of this.pending.values())
      pending.reject(new Error(`${pending.method}: browser closed`))
    this.pending.clear()
  }

  private receive(message: Message): void {
    if (message.id === undefined) {
      const session = message.sessionId === undefined ? this.root : this.sessions.get(message.sessionId)
      session?.receive(message.method ?? '', message.params)
      return
    }
    const pending = this.pending.get(message.id)
    this.pending.delete(message.id)
    if (pending === undefined) return
    if (message.error) pending.reject(new Error(`${pending.method}: ${message.error.message}`))
    else pending.resolve(message.result)
  }
}
