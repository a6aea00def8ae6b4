// Owns the parent's side of `vault-process.ts`: starts it under a keyring's environment and calls the vault in it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { VaultRead, VaultState, VaultWrite } from '../../../main/sessions/ports.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'

export type VaultCall =
  | { readonly kind: 'probe' | 'state' | 'nextState' | 'exit' | 'accounts' | 'unsaved' }
  | { readonly kind: 'readSession' | 'readClientSecret'; readonly profile: Profile }
  | { readonly kind: 'writeSession'; readonly profile: Profile; readonly record: SessionRecord }
  | { readonly kind: 'removeSession'; readonly profileId: string }
  | { readonly kind: 'writeClientSecret'; readonly profile: Profile; readonly secret: string }

export type VaultReply = { readonly id: number; readonly value?: unknown; readonly error?: string }

export interface VaultChild {
  readonly process: ChildProcess
  probe(): Promise<VaultState>
  state(): Promise<VaultState>
  /** The next change of state, whatever causes it. */
  nextState(): Promise<VaultState>
  accounts(): Promise<string[]>
  unsaved(): Promise<string[]>
  readSession(profile: Profile): Promise<VaultRead<SessionRecord>>
  writeSession(profile: Profile, record: SessionRecord): Promise<VaultWrite>
  removeSession(profileId: string): Promise<VaultWrite>
  readClientSecret(profile: Profile): Promise<VaultRead<string>>
  writeClientSecret(profile: Profile, secret: string): Promise<VaultWrite>
  /** Asks it to exit, and settles when it has. */
  exit(): Promise<void>
  /** Ends it by SIGKILL, as a crash does. */
  kill(): Promise<void>
}

export interface VaultChildOptions {
  readonly timeoutMs?: number
  /** keytar in this process, or in a helper of it. */
  readonly keytar?: 'here' | 'helper'
  /** Whether it may put what waits into files, which a stand-in for the platform encrypts. */
  readonly encrypts?: boolean
  /** How long a file may become: 0 takes no byte more. */
  readonly fileBytes?: number
  /** Puts a file system of its own below the configuration folder, without a free byte. */
  readonly diskIsFull?: boolean
}

export interface VaultProcessOptions {
  readonly directory: string
  readonly timeoutMs: number
  /** The keychain helper's script; keytar runs in the process without it. */
  readonly helper: string | undefined
  readonly encrypts: boolean
}

/** Signals that tell of a file that is too long are ignored, so that the write itself fails. */
const limited = (fileBytes: number): readonly string[] => [
  'bash',
  '-c',
  `trap '' XFSZ; ulimit -f ${Math.ceil(fileBytes / 1_024)}; exec "$@"`,
  '_',
]

/** In a mount namespace of its own, so that it ends with the process; needs no root where the kernel lets anybody have one. */
const onFullDisk = (directory: string): readonly string[] => [
  'unshare',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  'mount -t tmpfs -o size=4k tmpfs "$0" && head -c 8192 /dev/zero 2>/dev/null > "$0/full"; exec "$@"',
  directory,
]

/** Whether a file system of one's own can be had here. */
export const canFillDisk = (): boolean =>
  spawnSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0

const helper = fileURLToPath(new URL('../../../main/vault/keychain-helper.ts', import.meta.url))

/** Starts a process with a vault whose configuration folder is `directory`. */
export const startVaultChild = (
  env: NodeJS.ProcessEnv,
  directory: string,
  {
    timeoutMs = 8_000,
    keytar = 'here',
    encrypts = false,
    fileBytes,
    diskIsFull = false,
  }: VaultChildOptions = {},
): VaultChild => {
  const options: VaultProcessOptions = {
    directory,
    timeoutMs,
    helper: keytar === 'helper' ? helper : undefined,
    encrypts,
  }
  const script = fileURLToPath(new URL('vault-process.ts', import.meta.url))
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', script, JSON.stringify(options)]
  const [command = '', ...args] = [
    ...(fileBytes === undefined ? [] : limited(fileBytes)),
    ...(diskIsFull ? onFullDisk(directory) : []),
    ...node,
  ]
  const child = spawn(command, args, {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let calls = 0
  child.on('message', (reply: VaultReply) => {
    const promise = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.error === undefined) promise?.resolve(reply.value)
    else promise?.reject(new Error(reply.error))
  })
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`the vault process ended: ${code ?? signal}`))
  })

  const ask = <T>(call: VaultCall): Promise<T> => {
    calls += 1
    const promise = Promise.withResolvers<unknown>()
    waiting.set(calls, promise)
    child.send({ id: calls, call })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- vault-process.ts answers with the vault's own type
    return promise.promise as Promise<T>
  }

  return {
    process: child,
    probe: () => ask({ kind: 'probe' }),
    state: () => ask({ kind: 'state' }),
    nextState: () => ask({ kind: 'nextState' }),
    accounts: () => ask({ kind: 'accounts' }),
    unsaved: () => ask({ kind: 'unsaved' }),
    readSession: (profile) => ask({ kind: 'readSession', profile }),
    writeSession: (profile, record) => ask({ kind: 'writeSession', profile, record }),
    removeSession: (profileId) => ask({ kind: 'removeSession', profileId }),
    readClientSecret: (profile) => ask({ kind: 'readClientSecret', profile }),
    writeClientSecret: (profile, secret) => ask({ kind: 'writeClientSecret', profile, secret }),
    exit: async () => {
      const gone = once(child, 'exit')
      ask({ kind: 'exit' }).catch(() => undefined)
      await gone
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
