// Owns the figure of what an idle session costs in memory: its record and everything that sessions keep beside it.
import { randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createSessionManager } from '../../main/sessions/manager.ts'
import type { SessionVault } from '../../main/sessions/ports.ts'
import { systemClock } from '../../main/sessions/system-clock.ts'
import {
  fakeCredentials,
  fakeIssuer,
  fakeProfile,
  fakeProfiles,
  fakeRecord,
  fakeTokens,
  fakeVault,
} from '../unit/sessions/fakes.ts'
import { type Figure, figure } from './measure.ts'

const count = 5_000

const collector = (): (() => void) => {
  setFlagsFromString('--expose_gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('no garbage collector to call')
  return () => void collect()
}

/** As long as Cognito's: tokens of 1.1 kB, a refresh token of 1.8 kB, no character of them shared. */
const tokensOfLength = () =>
  fakeTokens({
    issuedAt: Date.now(),
    refreshToken: randomBytes(1_350).toString('base64url'),
    claims: { origin_jti: randomBytes(350).toString('base64url') },
  })

export const benchSessionMemory = async (): Promise<Figure[]> => {
  const collect = collector()
  const profiles = Array.from({ length: count }, () => fakeProfile())
  const vault: SessionVault = {
    ...fakeVault(),
    // As a keychain answers: a text, read into a record of its own.
    readSession: async (profile) => ({
      kind: 'found',
      value: JSON.parse(JSON.stringify(fakeRecord(profile, tokensOfLength()))),
    }),
  }
  const sessions = createSessionManager({
    profiles: fakeProfiles(...profiles),
    vault,
    issuer: fakeIssuer(systemClock),
    credentials: fakeCredentials(systemClock),
    clock: systemClock,
    random: Math.random,
  })
  collect()
  const before = process.memoryUsage().heapUsed
  await sessions.start()
  collect()
  const bytes = (process.memoryUsage().heapUsed - before) / count
  const active = sessions.views().filter(({ session }) => session.status === 'active').length
  if (active !== count) throw new Error(`${active} of ${count} sessions are there`)
  await sessions.stop()
  return [figure('session.memory', bytes, 'bytes', 'the 10 kB allowed', 10_000)]
}
