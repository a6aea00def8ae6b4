// Owns the parent's side of `engine-process.ts`: bundles it once, so that thousands start fast, starts it and gives it orders.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Bundles, bundle } from '../bundle.ts'
import type { EngineSpec, Order, Report } from './protocol.ts'

export type EngineProgram = Bundles<'engine' | 'helper'>

/** The engine and the keychain helper. */
export const buildEngine = (): Promise<EngineProgram> =>
  bundle({
    engine: join(import.meta.dirname, 'engine-process.ts'),
    helper: join(import.meta.dirname, '../../../main/vault/keychain-helper.ts'),
  })

export interface Engine {
  /** Settles when everything is loaded. */
  readonly ready: Promise<void>
  /** Gives an order. `kind: 'killed'` where the process was gone before it had an answer. */
  order(order: Order): Promise<Report | { readonly kind: 'killed' }>
  /** SIGKILL, and settles when it is gone. */
  kill(): Promise<void>
}

export const startEngine = (program: EngineProgram, spec: EngineSpec, env: NodeJS.ProcessEnv): Engine => {
  const child: ChildProcess = fork(program.scripts.engine, [JSON.stringify(spec)], {
    env: { ...env, NODE_COMPILE_CACHE: join(program.folder, 'cache') },
    execArgv: [],
  })
  const gone = once(child, 'exit')
  let onReport: ((report: Report | { readonly kind: 'killed' }) => void) | undefined
  const next = (): Promise<Report | { readonly kind: 'killed' }> =>
    new Promise((resolve) => {
      onReport = resolve
    })
  child.on('message', (report: Report) => onReport?.(report))
  child.once('exit', () => onReport?.({ kind: 'killed' }))

  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null
  const load = async (): Promise<void> => {
    const report = await next()
    if (report.kind !== 'ready') throw new Error(`the engine did not start: ${JSON.stringify(report)}`)
  }
  const ready = load()
  // Whoever needs it waits for it; one that is killed before is no error.
  ready.catch(() => undefined)
  return {
    ready,
    async order(order) {
      if (isGone()) return { kind: 'killed' }
      const answer = next()
      child.send(order, () => undefined)
      return answer
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
