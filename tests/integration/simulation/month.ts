// Owns a simulated month: a machine with many sessions that sleeps, loses its network and has its clock set, by a seed. The
// promise is checked at every request and at the end of every stretch: nothing runs out that could have been refreshed.
import { fail, ok } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { createSessionManager } from '../../../main/sessions/manager.ts'
import type { Issuer, RandomSource } from '../../../main/sessions/ports.ts'
import {
  days,
  fakeClock,
  fakeCredentials,
  fakeIssuer,
  fakeProfile,
  fakeProfiles,
  fakeRecord,
  fakeTokens,
  fakeVault,
  hours,
  minutes,
  seededRandom,
} from '../../unit/sessions/fakes.ts'

/** After a wake-up the rate limit takes its time, and a back-off that nobody cut short at most five minutes. */
const recoveryMs = 6 * minutes
const lifetimes = [hours, 8 * hours, 8 * hours, days, days, days]

export interface Month {
  readonly refreshes: number
  readonly sleeps: number
  readonly outages: number
  readonly clockJumps: number
  /** What broke the promise, in words with the instant. */
  readonly broken: readonly string[]
}

export const runMonth = async (seed: number, sessionCount: number, lengthDays: number): Promise<Month> => {
  const random: RandomSource = seededRandom(seed)
  const between = (least: number, most: number): number => Math.round(least + random() * (most - least))
  const clock = fakeClock()
  const profiles = Array.from({ length: sessionCount }, () => fakeProfile())
  const lifetimeOf = new Map(
    profiles.map(({ id }, index) => [id, lifetimes[index % lifetimes.length] ?? hours]),
  )

  /** True time minus the machine's clock. */
  let offsetMs = 0
  let outage: 'network.offline' | 'service.unavailable' | undefined
  /** From then on, by true time, everything must be fresh. */
  let calmFrom = 0
  const counts = { refreshes: 0, sleeps: 0, outages: 0, clockJumps: 0 }
  const broken: string[] = []
  const trueNow = (): number => clock.now() + offsetMs
  const startedAt = trueNow()
  const disturb = (): void => {
    calmFrom = trueNow() + recoveryMs
  }
  const tokensFor = ({ id }: Pick<Profile, 'id'>, refreshToken: string) =>
    fakeTokens({ issuedAt: trueNow(), lifetimeMs: lifetimeOf.get(id) ?? hours, refreshToken })
  const expiryOf = new Map<string, number>()
  const issued = ({ id }: Pick<Profile, 'id'>): void => {
    expiryOf.set(id, trueNow() + (lifetimeOf.get(id) ?? hours))
  }
  const report = (id: string, what: string): void => {
    const hour = ((trueNow() - startedAt) / hours).toFixed(2)
    if (broken.length < 20)
      broken.push(`hour ${hour}: session ${profiles.findIndex((p) => p.id === id)} ${what}`)
  }

  const refresh: Issuer['refresh'] = async ({ profile }, record) => {
    if (outage !== undefined) return fail(outage)
    counts.refreshes += 1
    if ((expiryOf.get(profile.id) ?? 0) <= trueNow() && trueNow() > calmFrom)
      report(profile.id, 'came too late')
    issued(profile)
    return ok({
      tokens: tokensFor(profile, record.tokens.refreshToken),
      operation: 'GetTokensFromRefreshToken',
      rotated: false,
      clockOffsetMs: offsetMs,
    })
  }

  const vault = fakeVault()
  for (const profile of profiles) {
    issued(profile)
    vault.records.set(profile.id, fakeRecord(profile, tokensFor(profile, `refresh of ${profile.id}`)))
  }
  const sessions = createSessionManager({
    profiles: fakeProfiles(...profiles),
    vault,
    issuer: { ...fakeIssuer(clock), refresh },
    credentials: fakeCredentials(clock),
    clock,
    random,
    reportBug: (error) => broken.push(String(error)),
  })
  await sessions.start()
  disturb()

  const check = (): void => {
    if (outage !== undefined || trueNow() <= calmFrom) return
    for (const { profile, session } of sessions.views()) {
      if (session.status !== 'active' && session.status !== 'refreshing')
        report(profile.id, `is ${session.status}`)
      if ((expiryOf.get(profile.id) ?? 0) <= trueNow()) report(profile.id, 'has run out')
    }
    if (clock.armed !== 1) broken.push(`${clock.armed} timers are armed`)
  }

  const sleep = (): void => {
    counts.sleeps += 1
    sessions.wake('suspend')
    clock.sleep(between(10 * minutes, 16 * hours))
    disturb()
    sessions.wake('resume')
  }
  const setClock = (): void => {
    counts.clockJumps += 1
    const most = random() < 0.5 ? 30 * minutes : 2 * days
    const byMs = between(-most, most)
    clock.set(byMs)
    offsetMs -= byMs
    disturb()
    // The platform does not always tell.
    if (random() < 0.5) sessions.wake('clock')
  }
  const breakNetwork = async (): Promise<void> => {
    counts.outages += 1
    outage = random() < 0.5 ? 'network.offline' : 'service.unavailable'
    await clock.advance(between(minutes, 10 * hours))
    if (random() < 0.3) sleep()
    outage = undefined
    disturb()
    if (random() < 0.5) sessions.wake('network')
  }

  while (trueNow() < startedAt + lengthDays * days) {
    const dice = random()
    if (dice < 0.3) sleep()
    else if (dice < 0.5) await breakNetwork()
    else if (dice < 0.65) setClock()
    await clock.advance(between(5 * minutes, 6 * hours))
    check()
  }
  await sessions.stop()
  return { ...counts, broken }
}
