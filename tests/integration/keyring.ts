// Owns a private D-Bus with a real gnome-keyring on it, for any test to run a process against. Touches nothing of the
// machine's own session: bus, sockets, HOME and keyring files lie in a temporary folder.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const password = 'open sesame'

export interface Keyring {
  /** Everything a process needs to meet this keyring and no other; give it to `spawn` or `fork` as it is. */
  readonly env: NodeJS.ProcessEnv
  /** The folder of this world, also its HOME's parent; removed by `stop`. */
  readonly directory: string
  /** Locks the login keyring, as a screen lock or "Passwords and Keys" does. */
  lock(): Promise<void>
  /** Unlocks it with its password, as a login does. */
  unlock(): Promise<void>
  /** Stops the daemon as a crash would; the bus stays, and no provider is on it. */
  killDaemon(): Promise<void>
  /** Starts the daemon again on the same keyring files. */
  startDaemon(state: 'unlocked' | 'locked'): Promise<void>
  /** Deletes every keyring file, for a daemon that is not running: a person who starts over. */
  forgetItems(): Promise<void>
  /** Freezes the daemon, so that every call to it hangs until `thaw`. */
  freeze(): void
  thaw(): void
  /** Stops the bus as well: every connection breaks, and none can be made. The daemon ends with it. */
  killBus(): Promise<void>
  /** Starts a new bus at the old one's address, without a provider. */
  startBus(): Promise<void>
  /** What secret-tool, which knows nothing of us, finds; undefined where it finds nothing. */
  lookup(service: string, account: string): Promise<string | undefined>
  /** Puts a secret there with secret-tool, past our code. */
  plant(service: string, account: string, value: string): Promise<void>
  stop(): Promise<void>
}

export type KeyringStart =
  /** A login keyring, open. */
  | 'unlocked'
  /** The daemon without any keyring: nobody has ever created one. */
  | 'never-created'
  /** A bus without a Secret Service. */
  | 'no-provider'

const tools = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon', 'secret-tool']

const isOnPath = (tool: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** What is missing for a real keyring; empty where one can run. Use it with `describe.skipIf(missingForKeyring().length > 0)`. */
export const missingForKeyring = (): readonly string[] =>
  process.platform === 'linux' ? tools.filter((tool) => !isOnPath(tool)) : ['Linux']

/** Whether a real keyring can run here. */
export const keyringAvailable = (): boolean => missingForKeyring().length === 0

/** No service folders: nothing is started by itself, neither a second keyring nor a prompt. */
const busConfiguration = (socket: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

const end = async (child: ChildProcess | undefined): Promise<void> => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Asks again every 20 ms until it holds; a daemon tells nobody when it is ready. */
const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (await holds()) return
    await pause(20)
  }
  throw new Error(`${what} did not happen within 10 seconds`)
}

/** gnome-keyring's control socket: a byte for the credentials, then length, operation 1 (unlock), length and password. */
const unlockOverSocket = async (socketPath: string): Promise<void> => {
  const secret = Buffer.from(password)
  const message = Buffer.alloc(13 + secret.length)
  message.writeUInt32BE(12 + secret.length, 1)
  message.writeUInt32BE(1, 5)
  message.writeUInt32BE(secret.length, 9)
  secret.copy(message, 13)
  const socket = connect(socketPath)
  socket.write(message)
  const [answer]: Buffer[] = await once(socket, 'data')
  socket.destroy()
  if (answer?.readUInt32BE(4) !== 0)
    throw new Error(`the keyring refused to unlock: ${answer?.toString('hex')}`)
}

/** Starts a world of its own. The caller stops it; `withKeyring` does so by itself. */
export const startKeyring = async (start: KeyringStart = 'unlocked'): Promise<Keyring> => {
  const directory = await mkdtemp(join(tmpdir(), 'sesame-keyring-'))
  const folder = (name: string): string => join(directory, name)
  for (const name of ['home', 'run', 'data', 'config', 'cache']) await mkdir(folder(name), { mode: 0o700 })

  const {
    DISPLAY: _display,
    WAYLAND_DISPLAY: _wayland,
    GNOME_KEYRING_CONTROL: _control,
    ...inherited
  } = process.env
  const env: NodeJS.ProcessEnv = {
    ...inherited,
    HOME: folder('home'),
    XDG_RUNTIME_DIR: folder('run'),
    XDG_DATA_HOME: folder('data'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_CACHE_HOME: folder('cache'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder('bus')}`,
  }

  await writeFile(folder('bus.conf'), busConfiguration(folder('bus')))
  const startBus = async (): Promise<ChildProcess> => {
    // A bus that was killed leaves its socket.
    await rm(folder('bus'), { force: true })
    const started = spawn(
      'dbus-daemon',
      ['--nofork', '--print-address=1', `--config-file=${folder('bus.conf')}`],
      { env, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    await once(createInterface(started.stdout), 'line')
    return started
  }
  let bus = await startBus()

  let daemon: ChildProcess | undefined
  const killAll = (): void => {
    daemon?.kill('SIGKILL')
    bus.kill('SIGKILL')
  }
  process.once('exit', killAll)

  const ask = async (path: string, method: string, ...args: string[]): Promise<string> => {
    const message = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path, method, ...args]
    return (await run('dbus-send', message, { env })).stdout
  }
  const collection = '/org/freedesktop/secrets/collection/login'
  const isLocked = async (): Promise<boolean> => {
    const get = 'org.freedesktop.DBus.Properties.Get'
    const answer = await ask(collection, get, 'string:org.freedesktop.Secret.Collection', 'string:Locked')
    return /boolean true/.test(answer)
  }

  const startDaemon = async (state: 'unlocked' | 'locked' | 'never-created'): Promise<void> => {
    const unlocking = state === 'unlocked' ? ['--unlock'] : []
    const child = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...unlocking], {
      env,
      stdio: [state === 'unlocked' ? 'pipe' : 'ignore', 'ignore', 'ignore'],
    })
    daemon = child
    child.stdin?.end(password)
    const open = 'org.freedesktop.Secret.Service.OpenSession'
    const isUp = (): Promise<boolean> =>
      ask('/org/freedesktop/secrets', open, 'string:plain', 'variant:string:').then(
        () => true,
        () => false,
      )
    await until('the Secret Service', isUp)
    if (state === 'never-created') return
    await until(`the keyring being ${state}`, async () => (await isLocked()) === (state === 'locked'))
    await until('the control socket', () =>
      stat(join(folder('run'), 'keyring', 'control')).then(
        () => true,
        () => false,
      ),
    )
  }

  if (start !== 'no-provider') await startDaemon(start)

  return {
    env,
    directory,
    lock: async () => {
      await ask(
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        `array:objpath:${collection}`,
      )
      await until('locking', isLocked)
    },
    unlock: async () => {
      await unlockOverSocket(join(folder('run'), 'keyring', 'control'))
      await until('unlocking', async () => !(await isLocked()))
    },
    killDaemon: () => end(daemon),
    startDaemon,
    forgetItems: () => rm(join(folder('data'), 'keyrings'), { recursive: true, force: true }),
    freeze: () => void daemon?.kill('SIGSTOP'),
    thaw: () => void daemon?.kill('SIGCONT'),
    killBus: async () => {
      await end(bus)
      await end(daemon)
    },
    startBus: async () => {
      bus = await startBus()
    },
    lookup: async (service, account) => {
      const found = await run('secret-tool', ['lookup', 'service', service, 'account', account], {
        env,
      }).catch(() => undefined)
      return found?.stdout
    },
    plant: async (service, account, value) => {
      // With keytar's schema: without one, gnome-keyring finds an item for keytar only by luck.
      const attributes = [
        'xdg:schema',
        'org.freedesktop.Secret.Generic',
        'service',
        service,
        'account',
        account,
      ]
      const tool = spawn('secret-tool', ['store', '--label=planted', ...attributes], {
        env,
        stdio: ['pipe', 'ignore', 'inherit'],
      })
      tool.stdin.end(value)
      const [code]: unknown[] = await once(tool, 'exit')
      if (code !== 0) throw new Error(`secret-tool store ended with ${String(code)}`)
    },
    stop: async () => {
      process.off('exit', killAll)
      await end(daemon)
      await end(bus)
      await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** Runs with a keyring and takes it down afterwards, whatever happens. */
export const withKeyring = async <T>(
  work: (keyring: Keyring) => Promise<T>,
  start: KeyringStart = 'unlocked',
): Promise<T> => {
  const keyring = await startKeyring(start)
  try {
    return await work(keyring)
  } finally {
    await keyring.stop()
  }
}
