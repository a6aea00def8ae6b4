// Owns telling one process from another, also from one that got the same number later. Knows nothing of locks.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A process as others can recognise it. What the platform does not tell is left out. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, in the platform's own words: compared, never read. */
  readonly start?: string | undefined
  /** Names the run of the machine: after a restart the same number is another process. */
  readonly boot?: string | undefined
}

/** `unknown`: a process of this number runs, and nothing tells whether it is this one. */
export type Liveness = 'alive' | 'dead' | 'unknown'

const run = promisify(execFile)

const bootOfLinux = (): Promise<string | undefined> =>
  readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )

/** proc_pid_stat(5): state is field 3 and the start in clock ticks field 22; the name before them may hold anything. */
const startOnLinux = async (pid: number): Promise<string | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  // A zombie has ended; only its parent has not looked yet.
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined
  return fields[19]
}

const startOnDarwin = async (pid: number): Promise<string | undefined> => {
  const answer = await run('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { LC_ALL: 'C', TZ: 'UTC' },
  }).catch(() => undefined)
  return answer?.stdout.trim() || undefined
}

const starts: Partial<Record<NodeJS.Platform, (pid: number) => Promise<string | undefined>>> = {
  linux: startOnLinux,
  darwin: startOnDarwin,
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

let own: Promise<ProcessIdentity> | undefined

/** This process. Asked of the platform once. */
export const ownIdentity = (): Promise<ProcessIdentity> => {
  own ??= (async () => ({
    pid: process.pid,
    start: await starts[process.platform]?.(process.pid),
    boot: process.platform === 'linux' ? await bootOfLinux() : undefined,
  }))()
  return own
}

/** Whether this very process still runs. */
export const livenessOf = async (other: ProcessIdentity): Promise<Liveness> => {
  const { boot } = await ownIdentity()
  if (boot !== undefined && other.boot !== undefined && boot !== other.boot) return 'dead'
  if (!isRunning(other.pid)) return 'dead'
  const startOf = starts[process.platform]
  if (startOf === undefined || other.start === undefined) return 'unknown'
  return (await startOf(other.pid)) === other.start ? 'alive' : 'dead'
}
