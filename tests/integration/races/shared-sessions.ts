// Owns sessions that several processes share: their server, store and folder, the processes, and asking them.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import { readIdentity } from '../../../main/sessions/facts.ts'
import type { SessionVault } from '../../../main/sessions/ports.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { fakeProfile, fakeRecord, valueOf } from '../../unit/sessions/fakes.ts'
import { createFileStore } from '../file-store.ts'
import { type Answer, type Question, user } from './protocol.ts'

export interface SessionProcess {
  readonly process: ChildProcess
  readonly ask: (profile: Profile, callers: Question['callers']) => Promise<readonly string[]>
}

export interface SharedSessions extends AsyncDisposable {
  /** Signs the profile in, in the store. */
  readonly storeSession: (profile: Profile) => Promise<void>
  readonly server: CognitoServer
  readonly vault: SessionVault
  readonly profiles: readonly Profile[]
  start(count: number): Promise<SessionProcess[]>
}

const poolId = 'eu-west-1_Races1'
const client = 'rotating'

const startProcess = async (
  script: string,
  directory: string,
  profiles: readonly Profile[],
): Promise<SessionProcess> => {
  const child = fork(script, [directory, JSON.stringify(profiles)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  await once(child, 'message')
  const waiting = new Map<string, (tokens: readonly string[]) => void>()
  child.on('message', ({ profileId, tokens }: Answer) => waiting.get(profileId)?.(tokens))
  return {
    process: child,
    ask: (profile, callers) =>
      new Promise((resolve) => {
        waiting.set(profile.id, resolve)
        child.send({ profileId: profile.id, callers } satisfies Question)
      }),
  }
}

/** Profiles of a pool where a second use of a refresh token is a reuse at once and ends the session. `script`: session-process.ts. */
export const shareSessions = async (count: number, script: string): Promise<SharedSessions> => {
  const directory = await mkdtemp(join(tmpdir(), 'sesame-races-'))
  const server = await startCognitoServer({
    pools: [
      {
        id: poolId,
        clients: [{ id: client, rotation: { graceSeconds: 0 } }],
        users: [user],
      },
    ],
  })
  const store = createFileStore(join(directory, 'store'))
  const vault = openStoreVault(store, { directory, clock: systemClock }).sessions
  const endpoints = { userPool: server.url }
  const profiles = Array.from({ length: count }, () =>
    fakeProfile({ userPoolId: poolId, clientId: client, endpoints }),
  )
  const children: ChildProcess[] = []
  return {
    server,
    vault,
    profiles,
    async storeSession(profile) {
      const tokens = await server.admin.grantTokens(client, user.username)
      const record = fakeRecord(profile, tokens, valueOf(readIdentity(tokens)))
      expect(await vault.writeSession(profile, record)).toEqual({ kind: 'saved' })
    },
    async start(processes) {
      const started = await Promise.all(
        Array.from({ length: processes }, () => startProcess(script, directory, profiles)),
      )
      children.push(...started.map(({ process }) => process))
      return started
    },
    async [Symbol.asyncDispose]() {
      const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      const gone = running.map((child) => once(child, 'exit'))
      for (const child of running) child.kill('SIGKILL')
      await Promise.all(gone)
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
