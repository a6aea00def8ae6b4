// The whole main process behind the bridge, without Electron and without a network: real profiles, vault in memory, sessions and
// handlers; an issuer that answers by itself, and a clock to turn.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAwsFiles } from '../../../main/credentials/aws-files/index.ts'
import { createClipboardGuard } from '../../../main/credentials/clipboard-guard.ts'
import { createProfileEndpoints } from '../../../main/credentials/profile-endpoints.ts'
import { ok, type Result } from '../../../main/failure.ts'
import { connectIpc } from '../../../main/ipc/connect.ts'
import { createNoticeBoard } from '../../../main/ipc/notices.ts'
import type { IpcMainPort } from '../../../main/ipc/port.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { createProfileStore } from '../../../main/profiles/profile-store.ts'
import { createSessionManager } from '../../../main/sessions/manager.ts'
import { openMemoryVault } from '../../../main/vault/open-vault.ts'
import { createBridge } from '../../../preload/bridge.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { noLock } from '../profiles/samples.ts'
import { fakeClock, seededRandom } from '../sessions/fake-clock.ts'
import { fakeCredentials, fakeIssuer } from '../sessions/fake-cognito.ts'

const windowId = 7

export const connectedApp = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sesame-ipc-'))
  const clock = fakeClock()
  const issuer = fakeIssuer(clock)
  const credentials = fakeCredentials(clock)
  const profiles = createProfileStore({ directory, clock, lock: noLock })
  await profiles.open()
  const vault = openMemoryVault(clock).sessions
  const bugs: unknown[] = []
  const sessions = createSessionManager({
    profiles,
    vault,
    issuer,
    credentials,
    clock,
    random: seededRandom(1),
    reportBug: (error) => bugs.push(error),
  })
  const notices = createNoticeBoard()
  let copied = ''
  const clipboard = createClipboardGuard({
    clock,
    clipboard: {
      readText: async () => copied,
      writeText: async (text) => {
        copied = text
      },
    },
  })

  const handlers = new Map<string, Parameters<IpcMainPort['handle']>[1]>()
  const listeners = new Map<string, Set<(event: unknown, payload: unknown) => void>>()
  /** Everything that reached the window, as it was sent. */
  const crossed: unknown[] = []
  const themes: string[] = []
  const endWarnings: string[] = []
  const logged: string[] = []
  const write = (event: string, fields: unknown): void => {
    logged.push(`${event} ${JSON.stringify(fields)}`)
  }
  /** The file a person would choose, and what was written to one. */
  const disk: { chosen: { name: string; text: string } | undefined; written: string | undefined } = {
    chosen: undefined,
    written: undefined,
  }
  const endpoints = createProfileEndpoints({
    profiles,
    sessions,
    clock,
    reportBug: (error) => bugs.push(error),
  })
  connectIpc({
    files: {
      open: async () => ok(disk.chosen),
      save: async (name, text) => {
        disk.written = text
        return ok(name)
      },
    },
    profiles,
    vault,
    sessions,
    issuer,
    clipboard,
    notices,
    endpoints,
    awsFiles: createAwsFiles({
      paths: { credentials: join(directory, 'aws', 'credentials'), config: join(directory, 'aws', 'config') },
      command: { words: ['sesame', 'credential-process'], isFound: true, platform: 'linux' },
      lock: createLockFiles({ folder: join(directory, 'locks'), clock }),
    }),
    app: {
      version: '1.2.3',
      host: 'electron',
      platform: 'linux',
      appearance: { theme: 'system', dark: false },
      chooseTheme: (theme) => themes.push(theme),
      endWarnings: 'all',
      chooseEndWarnings: (choice) => endWarnings.push(choice),
      copyDiagnostics: async () => undefined,
      openUrl: async () => false,
    },
    ipcMain: {
      handle: (channel, listener) => {
        handlers.set(channel, listener)
      },
    },
    isOurWindow: (id) => id === windowId,
    send: (channel, payload) => {
      const arrived = structuredClone(payload)
      crossed.push(arrived)
      for (const listener of listeners.get(channel) ?? []) listener({}, arrived)
    },
    log: { info: write, warn: write, error: write },
  })
  const bridge = createBridge({
    invoke: async (channel, ...args) => {
      const event = { sender: { id: windowId }, senderFrame: { url: 'app://sesame/', parent: null } }
      const answer = structuredClone(await handlers.get(channel)?.(event, ...structuredClone(args)))
      crossed.push(answer)
      return answer
    },
    on: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
    removeListener: (channel, listener) => listeners.get(channel)?.delete(listener),
  })
  await sessions.start()
  return {
    bridge,
    awsFolder: join(directory, 'aws'),
    clock,
    issuer,
    credentials,
    profiles,
    vault,
    sessions,
    notices,
    crossed,
    themes,
    endWarnings,
    logged,
    bugs,
    copied: () => copied,
    disk,
    async [Symbol.asyncDispose]() {
      await endpoints.stop()
      await sessions.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export const newProfile = {
  name: 'acme-staging · ana',
  environment: 'staging',
  userPoolId: 'eu-west-1_Qx7Ab91c',
  clientId: '4k2v9q1tabcdefghij0123456',
  identityPoolId: 'eu-central-1:12345678-90ab-cdef-1234-567890abcdef',
}

export type App = Awaited<ReturnType<typeof connectedApp>>

/** The value of a request that must succeed. */
export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`failed with ${result.failure.code}: ${result.failure.field}`)
  return result.value
}
/** Adds `newProfile` with changes. */
export const add = async (
  { bridge }: App,
  settings: object = {},
  clientSecret?: string,
): Promise<ProfileView> =>
  valueOf(
    await bridge.request('profiles.add', {
      settings: { ...newProfile, ...settings },
      ...(clientSecret === undefined ? {} : { clientSecret }),
    }),
  )
export const signIn = async (app: App, { profile }: ProfileView): Promise<void> => {
  const step = await app.bridge.request('signIn.begin', profile.id, {
    username: 'ana',
    password: 'pw-canary',
  })
  if (valueOf(step).kind !== 'signed-in') throw new Error('there is another step')
}
