// A process with sessions in it, driven by its parent: the parent's server and profiles, a store and locks that all share.
import { join } from 'node:path'
import * as z from 'zod'
import { createCredentialsSource, createIssuer } from '../../../main/cognito/index.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { profileSchema } from '../../../main/profiles/profile.ts'
import { createSessionManager } from '../../../main/sessions/manager.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import { createFileStore } from '../file-store.ts'
import { type Answer, type Question, user } from './protocol.ts'

const directory = process.argv[2] ?? ''
const profiles = z.array(profileSchema).parse(JSON.parse(process.argv[3] ?? ''))
const lock = createLockFiles({ folder: join(directory, 'locks'), clock: systemClock })
const vault = openStoreVault(createFileStore(join(directory, 'store')), {
  directory,
  clock: systemClock,
  lock,
})
const sessions = createSessionManager({
  profiles: {
    list: () => profiles,
    get: (id) => profiles.find((profile) => profile.id === id),
    onChange: () => () => undefined,
  },
  vault: vault.sessions,
  issuer: createIssuer({ clock: systemClock }),
  credentials: createCredentialsSource({ clock: systemClock }),
  clock: systemClock,
  random: Math.random,
  lock,
})

/** Every caller asks at once; the answer is each different access token once, or the code of a failure. */
const refresh = async (profileId: string, callers: number): Promise<string[]> => {
  const answers = await Promise.all(
    Array.from({ length: callers }, () => sessions.fetchAuthSession(profileId, { forceRefresh: true })),
  )
  return [
    ...new Set(
      answers.map((answer) => (answer.ok ? answer.value.tokens.accessToken.raw : answer.failure.code)),
    ),
  ]
}

const signIn = async (profileId: string): Promise<string[]> => {
  const step = await sessions.beginSignIn(profileId, user)
  if (!step.ok) return [step.failure.code]
  const session = await sessions.fetchAuthSession(profileId)
  return [session.ok ? session.value.tokens.accessToken.raw : session.failure.code]
}

process.on('message', (question: Question) => {
  const answer = (tokens: string[]): void => {
    process.send?.({ profileId: question.profileId, tokens } satisfies Answer)
  }
  const { profileId, callers } = question
  const work = callers === 'sign in' ? signIn(profileId) : refresh(profileId, callers)
  work.then(answer, (error: unknown) => answer([String(error)]))
})
process.on('disconnect', () => process.exit())
await sessions.start()
process.send?.('ready')
