/** `utilityProcess`: a forked Node whose `process.parentPort` is as Electron's. It dies with the stand-in. */
import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { loud, NotCovered } from '../loud.ts'

/** Runs in the child before its script. A message that arrives before anyone listens waits, as Electron's does. */
const parentPort = `
import { EventEmitter } from 'node:events'
const port = new EventEmitter()
const early = []
port.postMessage = (message) => void process.send(message)
port.on('newListener', (event) => {
  if (event === 'message') queueMicrotask(() => early.splice(0).forEach((data) => port.emit('message', { data, ports: [] })))
})
process.on('message', (data) => {
  if (port.listenerCount('message') === 0) early.push(data)
  else port.emit('message', { data, ports: [] })
})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
Object.defineProperty(process, 'parentPort', { value: port })
`

class StandInUtilityProcess extends EventEmitter<{
  spawn: []
  message: [message: unknown]
  exit: [code: number]
}> {
  /** What follows is the stand-in's own, for tests to read. */
  readonly child: ChildProcess

  constructor(modulePath: string, args: readonly string[], { env, stdio = 'inherit' }: Electron.ForkOptions) {
    super()
    const output = stdio === 'ignore' ? 'ignore' : 'inherit'
    this.child = fork(modulePath, args, {
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(parentPort)}`],
      stdio: ['ignore', output, output, 'ipc'],
      serialization: 'advanced',
      env: { ...(env ?? process.env) },
    })
    this.child.once('spawn', () => this.emit('spawn'))
    this.child.on('message', (message) => this.emit('message', message))
    this.child.once('exit', (code) => this.emit('exit', code ?? 1))
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined
  }

  postMessage(message: unknown): void {
    if (!this.child.connected) return
    if (typeof message !== 'object' || message === null) throw new NotCovered('a message that is no object')
    this.child.send(message, () => undefined)
  }

  kill(): boolean {
    return this.child.kill()
  }
}

export const utilityProcess = loud('utilityProcess', {
  fork: (modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) =>
    loud('UtilityProcess', new StandInUtilityProcess(modulePath, args, options)),
})
