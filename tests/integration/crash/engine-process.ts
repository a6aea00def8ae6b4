// The engine in a process that its parent kills: sessions, vault, locks and main/cognito as the app puts them together. Loads
// everything first, so that the parent can have the next one ready while it kills this one.
import { join } from 'node:path'
import { createCredentialsSource, createIssuer } from '../../../main/cognito/index.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { profileDefaults, profileSchema } from '../../../main/profiles/profile.ts'
import { createSessionManager } from '../../../main/sessions/manager.ts'
import type { SessionLock } from '../../../main/sessions/ports.ts'
import { systemClock as clock } from '../../../main/sessions/system-clock.ts'
import { createHelperKeytar } from '../../../main/vault/helper-keytar.ts'
import { startNodeHelper } from '../../../main/vault/node-helper.ts'
import { openKeychainVault, openStoreVault, type Vault } from '../../../main/vault/open-vault.ts'
import { createFileStore } from '../file-store.ts'
import { type EngineSpec, type Order, pool, type Report, user } from './protocol.ts'

const spec: EngineSpec = JSON.parse(process.argv[2] ?? '')

const openVault = (lock: SessionLock): Vault => {
  const { store, directory } = spec
  if (store.kind === 'folder') {
    return openStoreVault(createFileStore(store.folder, store.itemBytes), { directory, clock, lock })
  }
  const { helper } = store
  return openKeychainVault({
    directory,
    defaultDirectory: '',
    clock,
    lock,
    loadKeytar: async () => createHelperKeytar(startNodeHelper(helper)),
  })
}

const report = (message: Report): void => void process.send?.(message)
const bug = (error: unknown): void =>
  report({ kind: 'bug', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })

const profile = profileSchema.parse({
  ...profileDefaults,
  id: spec.profileId,
  name: 'crash',
  userPoolId: pool.id,
  clientId: pool.clientId,
  // Its proof takes long and changes nothing: kills in the middle of it teach nothing that those around it do not.
  signInMethod: 'password',
  endpoints: { userPool: spec.url },
})
const lock = createLockFiles({ folder: join(spec.directory, 'locks'), clock, onUnprotected: bug })
const vault = openVault(lock)
const sessions = createSessionManager({
  profiles: {
    list: () => [profile],
    get: (id) => (id === profile.id ? profile : undefined),
    onChange: () => () => {},
  },
  vault: vault.sessions,
  issuer: createIssuer({ clock }),
  credentials: createCredentialsSource({ clock }),
  clock,
  random: Math.random,
  lock,
  reportBug: bug,
})

const look = async (): Promise<Report> => {
  const session = sessions.view(profile.id)?.session
  if (session === undefined) return { kind: 'failed', reason: 'no view' }
  const answer = session.status === 'active' ? await sessions.fetchAuthSession(profile.id) : undefined
  const signIn = answer?.ok === true ? answer.value.tokens.accessToken.payload['origin_jti'] : undefined
  return {
    kind: 'session',
    status: session.status,
    isRevocationPending: session.status === 'signed-out' && session.revocationPending,
    ...('failure' in session && session.failure !== undefined ? { reason: session.failure.code } : {}),
    ...(typeof signIn === 'string' ? { signIn } : {}),
  }
}

const take = async (order: Order): Promise<Report> => {
  switch (order) {
    case 'start':
      await sessions.start()
      return look()
    case 'look':
      return look()
    case 'items':
      return { kind: 'items', accounts: await vault.items.accounts(''), unsaved: vault.items.unsaved() }
    case 'sign-in': {
      const step = await sessions.beginSignIn(profile.id, user)
      if (!step.ok) return { kind: 'failed', reason: step.failure.code }
      return step.value.kind === 'signed-in' ? { kind: 'done' } : { kind: 'failed', reason: step.value.kind }
    }
    case 'refresh': {
      const answer = await sessions.fetchAuthSession(profile.id, { forceRefresh: true })
      return answer.ok ? { kind: 'done' } : { kind: 'failed', reason: answer.failure.code }
    }
    case 'sign-out':
    case 'sign-out-globally': {
      const answer = await sessions.signOut(profile.id, { global: order === 'sign-out-globally' })
      return answer.ok ? { kind: 'done' } : { kind: 'failed', reason: answer.failure.code }
    }
    default:
      return order satisfies never
  }
}

process.on('message', (order: Order) => {
  take(order).then(report, bug)
})
process.on('disconnect', () => process.exit())
report({ kind: 'ready' })
