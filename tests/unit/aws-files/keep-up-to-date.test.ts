import { expect, test } from 'vitest'
import type { AwsFilesWriter } from '../../../main/credentials/aws-files/index.ts'
import { keepUpToDate } from '../../../main/credentials/aws-files/keep-up-to-date.ts'
import { type Failure, fail, ok, type Result } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { SessionChange } from '../../../main/sessions/api.ts'
import type { AwsCredentials } from '../../../main/sessions/session.ts'
import type { ProfileView, SessionView } from '../../../preload/views.ts'
import { standingClock } from '../cognito/support.ts'
import { sampleLive } from '../renderer/samples.ts'
import { fakeProfile, fakeProfiles } from '../sessions/fakes.ts'

const minute = 60_000

/** A keeper on a profile whose session, credentials and files are the test's. */
const stage = (
  settings: Partial<Profile> = { awsFiles: { kind: 'credentials-section' } },
  earlier: readonly string[] = [],
) => {
  const clock = standingClock()
  const profile = fakeProfile(settings)
  const profiles = fakeProfiles(profile)
  const listeners = new Set<(change: SessionChange) => void>()
  const log: string[] = []
  const told: (Failure | undefined)[] = []
  const bugs: unknown[] = []
  let session: SessionView = { status: 'signed-out', revocationPending: false }
  let issued = 0
  let answer: Result<void> = ok(undefined)
  let credentials = (): Result<{ credentials: AwsCredentials; identityId: string }> => {
    issued += 1
    const obtainedAt = clock.now()
    return ok({
      identityId: 'i',
      credentials: {
        accessKeyId: `ASIA${issued}`,
        secretAccessKey: 's',
        sessionToken: 't',
        expiresAt: obtainedAt + 60 * minute,
        obtainedAt,
        roleArn: undefined,
      },
    })
  }
  const files: AwsFilesWriter = {
    preview: () => Promise.reject(new Error('not asked for')),
    apply: async ({ awsFiles, credentials: given }, { takeOver }) => {
      log.push(`${awsFiles.kind} ${given?.accessKeyId ?? '-'} ${takeOver}`)
      return answer
    },
    remove: async () => {
      log.push('remove')
      return answer
    },
  }
  const view = (): ProfileView => ({ profile, region: 'eu-west-1', session })
  let remembered = earlier
  const keeper = keepUpToDate({
    files,
    kept: {
      read: async () => remembered,
      write: async (ids) => {
        remembered = ids
      },
    },
    profiles,
    clock,
    sessions: {
      view,
      getCredentials: async () => credentials(),
      onSessionChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    tell: (_, failure) => told.push(failure),
    reportBug: (error) => bugs.push(error),
  })
  /** Everything that is under way is done. */
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    clock,
    profile,
    profiles,
    log,
    told,
    bugs,
    keeper,
    settle,
    remembered: () => remembered,
    become: async (next: SessionView) => {
      session = next
      for (const listener of listeners) listener({ kind: 'profiles', profileIds: [profile.id] })
      await settle()
    },
    refuse: (failure: Result<never>) => {
      credentials = () => failure
    },
    answerWith: (result: Result<void>) => {
      answer = result
    },
  }
}
const live = (): SessionView => ({ status: 'active', ...sampleLive() })

test('credentials are written when somebody signs in, anew before they run low, and taken out on signing out', async () => {
  const { become, clock, log, settle, bugs } = stage()
  await settle()
  expect(log.splice(0)).toEqual(['remove'])
  await become(live())
  expect(log.splice(0)).toEqual(['credentials-section ASIA1 false'])
  clock.advance(44 * minute)
  await settle()
  expect(log).toEqual([])
  clock.advance(minute + 1_000)
  await settle()
  expect(log.splice(0)).toEqual(['credentials-section ASIA2 false'])
  await become({ status: 'signed-out', revocationPending: false })
  expect(log).toEqual(['remove'])
  expect(bugs).toEqual([])
})

test('how refreshing goes is no reason to write', async () => {
  const { become, log } = stage()
  await become(live())
  log.length = 0
  await become({ ...sampleLive(), status: 'refreshing' })
  await become({
    ...sampleLive(),
    status: 'offline',
    failure: { code: 'network.offline', message: 'm', remedy: 'r' },
  })
  expect(log).toEqual([])
})

test('what an ended session left is good until it expires, and then goes', async () => {
  const { become, clock, log, settle } = stage()
  await become(live())
  log.length = 0
  await become({
    status: 'ended',
    username: 'ana',
    failure: { code: 'session.ended', message: 'm', remedy: 'r' },
  })
  expect(log).toEqual([])
  clock.advance(60 * minute)
  await settle()
  expect(log).toEqual(['remove'])
})

test('what is in the file stays while there is no network, until it expires', async () => {
  const { become, clock, log, settle, refuse } = stage()
  await become(live())
  log.length = 0
  refuse(fail('network.offline'))
  clock.advance(46 * minute)
  await settle()
  expect(log).toEqual([])
  clock.advance(14 * minute)
  await settle()
  expect(log).toContain('remove')
})

test('a keychain that is locked is no sign-out', async () => {
  const { become, log, settle } = stage()
  await settle()
  log.length = 0
  await become({ status: 'unavailable', failure: { code: 'vault.locked', message: 'm', remedy: 'r' } })
  expect(log).toEqual([])
})

test('a process section is written whoever is signed in, and goes with the setting or the profile', async () => {
  const { log, profile, profiles, settle } = stage({ awsFiles: { kind: 'credential-process' } })
  await settle()
  expect(log.splice(0)).toEqual(['credential-process - false'])
  profiles.update(profile.id, { awsFiles: { kind: 'off' } })
  await settle()
  expect(log.splice(0)).toEqual(['remove'])
  profiles.update(profile.id, { awsFiles: { kind: 'credential-process' } })
  await settle()
  log.length = 0
  profiles.set([])
  await settle()
  expect(log).toEqual(['remove'])
})

test('a profile that keeps nothing costs nothing', async () => {
  const { log, become } = stage({})
  await become(live())
  expect(log).toEqual([])
})

test('a file that could not be written is told, tried again, and told when it is over', async () => {
  const { answerWith, become, clock, settle, told } = stage()
  await settle()
  told.length = 0
  answerWith(fail('aws-files.taken'))
  await become(live())
  expect(told.splice(0)).toMatchObject([{ code: 'aws-files.taken' }])
  answerWith(ok(undefined))
  clock.advance(minute)
  await settle()
  expect(told).toEqual([undefined])
})

test('a section that is still there from an earlier run goes where nobody asks for it any more', async () => {
  const gone = '00000009-9d0f-4e27-8f0e-3f6f1f1b1a01'
  const { log, remembered, settle } = stage({}, [gone])
  await settle()
  expect(log).toEqual(['remove'])
  expect(remembered()).toEqual([])
})

test('which profiles have a section is remembered before it is written, and until it is gone', async () => {
  const { answerWith, clock, log, profile, profiles, remembered, settle } = stage({
    awsFiles: { kind: 'credential-process' },
  })
  await settle()
  expect(remembered()).toEqual([profile.id])
  answerWith(fail('aws-files.not-written'))
  profiles.set([])
  await settle()
  expect(remembered()).toEqual([profile.id])
  answerWith(ok(undefined))
  log.length = 0
  clock.advance(minute)
  await settle()
  expect(log).toEqual(['remove'])
  expect(remembered()).toEqual([])
})

test('nothing is written once it has stopped', async () => {
  const { become, keeper, log } = stage()
  await keeper.stop()
  log.length = 0
  await become(live())
  expect(log).toEqual([])
})
