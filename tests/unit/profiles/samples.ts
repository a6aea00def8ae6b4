// Profile settings a person could type, and arbitrary ones for the properties of the schema.
import * as fc from 'fast-check'
import {
  credentialFormats,
  environments,
  type ProfileSettings,
  profileDefaults,
  signInMethods,
} from '../../../main/profiles/profile.ts'
import type { SessionLock } from '../../../main/sessions/ports.ts'

export const sampleSettings = (over: Partial<ProfileSettings> = {}): ProfileSettings => ({
  ...profileDefaults,
  name: 'acme-staging · ana',
  userPoolId: 'eu-west-1_Ab12Cd34E',
  clientId: '4k2v9q1t5m3n7p8r2s6u0w4y1z',
  ...over,
})

const region = fc.constantFrom(
  'us-east-1',
  'eu-west-1',
  'us-gov-west-1',
  'cn-north-1',
  'eusc-de-east-1',
  'ap-southeast-3',
)
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })
const endpoint = fc.oneof(
  fc.webUrl({ validSchemes: ['https'] }),
  fc.integer({ min: 1, max: 65_535 }).map((port) => `http://127.0.0.1:${port}/base`),
)

/** Settings that Cognito could have. */
export const validSettings: fc.Arbitrary<ProfileSettings> = fc.record({
  name: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((name) => name.replace(/\p{Cc}/gu, '').trim())
    .filter((name) => name !== '' && name.length <= 80),
  environment: fc.constantFrom(...environments),
  userPoolId: fc.tuple(region, fc.stringMatching(/^[0-9a-zA-Z]{1,55}$/)).map((parts) => parts.join('_')),
  clientId: fc.stringMatching(/^[a-z0-9]{26}$/),
  hasClientSecret: fc.boolean(),
  availableToCommandLine: fc.boolean(),
  identityPoolId: optional(fc.tuple(region, fc.uuid()).map((parts) => parts.join(':'))),
  signInMethod: fc.constantFrom(...signInMethods),
  username: optional(fc.emailAddress().filter((address) => address.length <= 128)),
  storage: fc.constantFrom('keychain', 'memory'),
  refreshLeadSeconds: fc.integer({ min: 10, max: 3_600 }),
  refreshTokenLifetimeSeconds: fc.integer({ min: 60, max: 315_360_000 }),
  roleArn: optional(fc.stringMatching(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,64}$/)),
  exportRegion: optional(region),
  exportFormat: fc.constantFrom(...credentialFormats),
  endpoints: fc.record({
    userPool: optional(endpoint),
    identityPool: optional(endpoint),
    sts: optional(endpoint),
  }),
})

/** Nobody else is there. */
export const noLock: SessionLock = { hold: async (_, work) => ({ kind: 'done', value: await work() }) }
