// Credentials shaped like AWS's, and texts that no credential ever is, to see that nothing is quoted wrong.
import * as fc from 'fast-check'
import type { ExportedCredentials } from '../../../main/credentials/formats.ts'

/** A token of 1,184 characters, as in the mockup. */
export const sampleCredentials: ExportedCredentials = {
  accessKeyId: 'ASIAQX7ABCDEFGHI4QJ2',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: `IQoJb3JpZ2luX2VjE${'Ab1/+'.repeat(233)}==`,
  expiresAt: Date.UTC(2026, 10, 20, 15, 42, 10, 987),
}

const nasty = fc.constantFrom(
  ...'\'"`\\$!%^&|<>()[]{};#~*?=:, \t\n\r-@+/.aZ0é‘’‚‛“”–…\u007f\u0085\u2028\u202e'.split(''),
  '🙂',
  '\u0000',
  '\ud800',
  '%PATH%',
  '$HOME',
  '$(id)',
  '`id`',
  "''",
  '\\n',
  ' #',
  '!!',
  '=ls',
)

/** Any text: what shells trip over, and anything Unicode has. */
export const anyText = fc.oneof(
  fc.array(nasty, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }),
)

/** Credentials of any text. */
export const anyCredentials: fc.Arbitrary<ExportedCredentials> = fc.record({
  accessKeyId: anyText,
  secretAccessKey: anyText,
  sessionToken: anyText,
  expiresAt: fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
})

const base64 = fc.array(
  fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('')),
  {
    minLength: 16,
    maxLength: 60,
  },
)

/** Credentials as AWS issues them: an id of capitals and digits, base64 for the rest. */
export const awsCredentials: fc.Arbitrary<ExportedCredentials> = fc.record({
  accessKeyId: fc.stringMatching(/^ASIA[A-Z2-7]{16}$/),
  secretAccessKey: base64.map((characters) => characters.join('').padEnd(40, 'x').slice(0, 40)),
  sessionToken: base64.map((characters) => `${characters.join('')}==`),
  expiresAt: fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
})

/** Another one in each run; a failing test names it. */
export const seed = Date.now() % 2 ** 31

/** Many values at once, for readers that are too slow to be started once for each. */
export const draw = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] =>
  fc.sample(arbitrary, { numRuns, seed })
