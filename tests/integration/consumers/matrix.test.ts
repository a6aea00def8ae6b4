// Each consumer against each place where credentials are found: through a refresh behind its back, and where there are none to be had.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProfileEndpoints, type ProfileEndpoints } from '../../../main/credentials/profile-endpoints.ts'
import type { Profile, ProfileSettings } from '../../../main/profiles/profile.ts'
import type { Clock } from '../../../main/sessions/ports.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import type { Fault } from '../../cognito-server/faults.ts'
import { startWorld, type TestWorld } from '../agent/support.ts'
import {
  type Answer,
  type Client,
  type Consumer,
  consumers,
  type Programs,
  startPrograms,
} from './consumers.ts'
import {
  appPlace,
  execPlace,
  keepSection,
  type Place,
  placeNames,
  processPlace,
  reportBug,
} from './places.ts'

/** A busy machine is no slow AWS: only the test about that lets time run out. */
let isPatient = true
const clock: Clock = {
  ...systemClock,
  after: (ms, callback) =>
    isPatient ? { [Symbol.dispose]: () => undefined } : systemClock.after(ms, callback),
}

let world: TestWorld
let endpoints: ProfileEndpoints
let programs: Programs
beforeAll(async () => {
  // Five minutes or less make the SDK for JavaScript ask anew for each call, ten make botocore do so.
  world = await startWorld({ credentialsSeconds: 240 })
  endpoints = createProfileEndpoints({
    ...world.engine,
    clock,
    reportBug,
  })
  programs = startPrograms(world)
})
afterAll(async () => {
  programs[Symbol.dispose]()
  await endpoints.stop()
  await world[Symbol.asyncDispose]()
})

const signedIn = async (name: string, settings: Partial<ProfileSettings> = {}): Promise<Profile> => {
  const profile = await world.add({ name, containerEndpoint: true, ...settings })
  await world.signIn(profile)
  return profile
}

/** The access key that Sesame has for it from now on. */
const renewedKey = async ({ id }: Profile): Promise<string> => {
  const got = await world.engine.sessions.getCredentials(id, { forceRefresh: true })
  if (!got.ok) throw new Error(got.failure.code)
  return got.value.credentials.accessKeyId
}

const there = consumers.filter(({ isThere }) => isThere)
// Skipped where one is missing, so that the run says so.
test.skipIf(there.length < consumers.length)('the AWS CLI and boto3 take part', () => {
  expect(there).toEqual(consumers)
})

/** What became of every pair, for the table at the end. */
const table = new Map<string, string>()
const note = (consumer: string, column: string, outcome: string): void => {
  table.set(`${consumer}|${column}`, outcome)
}

interface Opened {
  readonly place: Place
  /** Settles once the place has the credentials with this key. */
  readonly has: (accessKeyId: string) => Promise<void>
  readonly end: () => Promise<void>
}

const atOnce = async (): Promise<void> => undefined

const open = {
  section: async (profile) => keepSection(world, profile),
  process: async (profile) => ({ place: await processPlace(world, profile), has: atOnce, end: atOnce }),
  app: async (profile) => ({ place: await appPlace(endpoints, profile), has: atOnce, end: atOnce }),
  exec: async (profile) => ({ ...(await execPlace(world, profile)), has: atOnce }),
} as const satisfies Record<Place['kind'], (profile: Profile) => Promise<Opened>>

describe.each(['section', 'process', 'app', 'exec'] as const)('%s', (kind) => {
  const readers = there.filter(({ reads }) => reads.includes(kind))
  // Nothing in a section says when it runs out, so no SDK reads it twice: each call is another program's.
  const livesOn = ({ isLong }: Consumer): boolean => isLong && kind !== 'section'

  test('every consumer is let in before a refresh and after it, and no call fails', async () => {
    const awsFiles = { kind: 'credentials-section', section: 'kept' } as const
    const profile = await signedIn(`matrix ${kind}`, kind === 'section' ? { awsFiles } : {})
    const { place, has, end } = await open[kind](profile)
    const clients = new Map<Consumer, Client>()
    const callAll = async (): Promise<Map<string, Answer>> => {
      using again = startPrograms(world)
      const answers = await Promise.all(
        readers.map(async (consumer) => {
          const own = livesOn(consumer) ? programs : again
          const client = clients.get(consumer) ?? consumer.client(own)
          if (livesOn(consumer)) clients.set(consumer, client)
          return [consumer.name, await client.call(place)] as const
        }),
      )
      return new Map(answers)
    }
    const arn = { ok: true, text: expect.stringContaining('assumed-role/Reader') }
    const everyone = new Map(readers.map(({ name }) => [name, arn]))
    const keys: string[] = []
    for (const _ of ['before', 'after']) {
      const next = renewedKey(profile)
      keys.push(await next)
      await has(keys.at(-1) ?? '')
      expect(await callAll()).toEqual(everyone)
    }
    await end()

    const calls = world.server.requests
      .list({ operation: 'GetCallerIdentity' })
      .filter(({ accessKeyId = '' }) => keys.includes(accessKeyId))
    expect(new Set(keys).size).toBe(2)
    for (const key of keys) {
      const own = calls.filter(({ accessKeyId }) => accessKeyId === key)
      expect(own.map(({ outcome }) => outcome)).toEqual(readers.map(() => 'ok'))
    }
    for (const consumer of readers)
      note(consumer.name, placeNames[kind], livesOn(consumer) ? 'refreshes' : 'each start')
  })
})

const exception = (type: string, message: string): Fault => ({ kind: 'exception', type, message })

/** All that it says of an answer that is not 200. */
const wordless = 'JS fromContainerMetadata'

const situations = [
  {
    name: 'the session is over',
    operation: 'GetTokensFromRefreshToken',
    fault: exception('NotAuthorizedException', 'Refresh Token has been revoked'),
    words: /revoked[\s\S]*Sign in (?:again|with: sesame sign-in)/,
  },
  {
    name: 'the network is gone',
    operation: 'GetCredentialsForIdentity',
    fault: { kind: 'reset' },
    words: /could not be reached\.[\s\S]*Check the network/,
  },
  {
    name: 'the identity pool refuses',
    operation: 'GetCredentialsForIdentity',
    fault: exception(
      'NotAuthorizedException',
      'Token is not from a supported provider of this identity pool.',
    ),
    words: /identity pool does not accept[\s\S]*Add the provider/,
  },
] as const satisfies readonly { name: string; operation: string; fault: Fault; words: RegExp }[]

/** What each consumer tells a person who uses it at these places. */
const saidAt = async (places: readonly Place[]) =>
  Promise.all(
    places.flatMap((place) =>
      there
        .filter(({ reads }) => reads.includes(place.kind))
        .map(async (consumer) => {
          const { ok, text } = await consumer.client(programs).call(place)
          return { who: `${consumer.name} at ${placeNames[place.kind]}`, consumer, ok, text }
        }),
    ),
  )

/** The same, saying these words; who it was is part of it, for whoever reads a failure. */
const inTheseWords = (said: Awaited<ReturnType<typeof saidAt>>, words: RegExp) =>
  said.map(({ consumer, who }) => {
    const expected = consumer.name === wordless ? /^Error response received/ : words
    return { consumer, who, ok: false, text: expect.stringMatching(expected) }
  })

test.each(situations)(
  'every consumer says what to do where $name',
  async ({ name, operation, fault, words }) => {
    // Before the sign-in, so that nothing is held that would still be good.
    const rule = world.server.faults.add({ match: { operation, times: 'always' }, fault })
    const profile = await signedIn(name)
    if (operation === 'GetTokensFromRefreshToken')
      await world.engine.sessions.fetchAuthSession(profile.id, { forceRefresh: true })
    const said = await saidAt([await processPlace(world, profile), await appPlace(endpoints, profile)])
    rule.remove()
    expect(said).toEqual(inTheseWords(said, words))
  },
)

test('no consumer is left without a word while AWS takes its time', async () => {
  const held = world.server.faults.hold({ operation: 'GetCredentialsForIdentity' })
  const place = await appPlace(endpoints, await signedIn('slow'))
  await held.arrived
  isPatient = false
  const said = await saidAt([place])
  isPatient = true
  held.release()
  expect(said).toEqual(inTheseWords(said, /has not answered[\s\S]*Try again in a moment/))
})

test('every consumer says what is not there when the app has ended', async () => {
  const profile = await signedIn('left alone')
  const places = [await processPlace(world, profile), await appPlace(endpoints, profile)]
  await endpoints.stop()
  await world.agent.close()
  const [atProcess = [], atApp = []] = await Promise.all(places.map((place) => saidAt([place])))
  expect(atProcess).toEqual(inTheseWords(atProcess, /Nobody is signed in[\s\S]*Sign in/))
  for (const said of atApp)
    expect(said).toMatchObject({ ok: false, text: expect.stringMatching(/connect|ECONNREFUSED/i) })
})

afterAll(() => {
  const columns = Object.values(placeNames)
  const width = Math.max(...consumers.map(({ name }) => name.length))
  const rows = consumers.map(({ name }) =>
    [
      name.padEnd(width),
      ...columns.map((column) => (table.get(`${name}|${column}`) ?? '-').padEnd(column.length)),
    ].join('  '),
  )
  console.log(['consumer'.padEnd(width), ...columns].join('  ') + '\n' + rows.join('\n'))
})
