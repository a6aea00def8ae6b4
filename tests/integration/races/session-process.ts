// A process with sessions in it, driven by its parent: one profile, the parent's server, a store and locks that all share.
import { join } from 'node:path'
import { createCredentialsSource, createIssuer } from '../../../main/cognito/index.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { profileSchema } from '../../../main/profiles/profile.ts'
import { createSessionManager } from '../../../main/sessions/manager.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import { createFileStore } from './file-store.ts'

const directory = process.argv[2] ?? ''
const profile = profileSchema.parse(JSON.parse(process.argv[3] ?? ''))
const vault = openStoreVault(createFileStore(join(directory, 'store')), { directory, clock: systemClock })
const sessions = createSessionManager({
  profiles: { list: () => [profile], get: () => profile, onChange: () => () => undefined },
  vault: vault.sessions,
  issuer: createIssuer({ clock: systemClock }),
  credentials: createCredentialsSource({ clock: systemClock }),
  clock: systemClock,
  random: Math.random,
  lock: createLockFiles({ folder: join(directory, 'locks'), clock: systemClock }),
})

/** Every caller asks at once; the answer is each different access token once, or the code of a failure. */
const refresh = async (callers: number): Promise<string[]> => {
  const answers = await Promise.all(
    Array.from({ length: callers }, () => sessions.fetchAuthSession(profile.id, { forceRefresh: true })),
  )
  return [
    ...new Set(
      answers.map((answer) => (answer.ok ? answer.value.tokens.accessToken.raw : answer.failure.code)),
    ),
  ]
}

process.on('message', (callers: number) => {
  refresh(callers).then(
    (answers) => process.send?.(answers),
    (error: unknown) => process.send?.([String(error)]),
  )
})
await sessions.start()
process.send?.([])
