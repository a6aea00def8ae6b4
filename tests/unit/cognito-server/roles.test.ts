import { describe, expect, test } from 'vitest'
import { chooseRole, type RoleMapping, type RoleRule } from '../../cognito-server/identity/roles.ts'

const ADMIN = 'arn:aws:iam::111122223333:role/Admin'
const READER = 'arn:aws:iam::111122223333:role/Reader'
const DEFAULT = 'arn:aws:iam::111122223333:role/Default'

const fromToken = { type: 'token', ambiguous: 'authenticated-role' } as const satisfies RoleMapping
const strict = { type: 'token', ambiguous: 'deny' } as const satisfies RoleMapping
const both = { 'cognito:roles': [ADMIN, READER] }
const preferring = { ...both, 'cognito:preferred_role': ADMIN }
const role = (roleArn: string) => ({ kind: 'role', roleArn })

test.each([
  ['without a mapping everyone gets the authenticated role', preferring, undefined, undefined, role(DEFAULT)],
  ['the preferred role wins', preferring, fromToken, undefined, role(ADMIN)],
  ['a single role needs no preference', { 'cognito:roles': [READER] }, fromToken, undefined, role(READER)],
  ['several without a preference are ambiguous', both, fromToken, undefined, role(DEFAULT)],
  ['ambiguity can be denied', both, strict, undefined, { kind: 'denied' }],
  ['no role at all is ambiguous too', {}, strict, undefined, { kind: 'denied' }],
  ['a custom role out of the token is given', preferring, fromToken, READER, role(READER)],
  ['a custom role settles ambiguity', both, strict, READER, role(READER)],
  [
    'a custom role that is not in the token is refused',
    preferring,
    fromToken,
    DEFAULT,
    { kind: 'not-in-token' },
  ],
  ['even without a mapping', {}, undefined, DEFAULT, { kind: 'not-in-token' }],
] as const)('%s', (_promise, claims, mapping, custom, choice) => {
  expect(chooseRole(claims, mapping, DEFAULT, custom)).toEqual(choice)
})

test('a pool without an authenticated role has none to give', () => {
  expect(chooseRole({}, undefined, undefined, undefined)).toEqual({ kind: 'unconfigured' })
})

describe('rules', () => {
  const claims = {
    'custom:team': 'platform-eu',
    'cognito:groups': ['readers', 'admins'],
    email_verified: true,
  }
  const given = (rule: Omit<RoleRule, 'roleArn'>) =>
    chooseRole(
      claims,
      { type: 'rules', rules: [{ ...rule, roleArn: ADMIN }], ambiguous: 'deny' },
      DEFAULT,
      undefined,
    )

  test.each([
    ['custom:team', 'equals', 'platform-eu', true],
    ['custom:team', 'equals', 'platform', false],
    ['custom:team', 'starts-with', 'platform', true],
    ['custom:team', 'starts-with', 'eu', false],
    ['custom:team', 'contains', 'form', true],
    ['custom:team', 'not-equal', 'sales', true],
    ['custom:team', 'not-equal', 'platform-eu', false],
    ['cognito:groups', 'equals', 'admins', true],
    ['email_verified', 'equals', 'true', true],
    ['missing', 'not-equal', 'x', false],
  ] as const)('%s %s %s: %s', (claim, matches, value, holds) => {
    expect(given({ claim, matches, value })).toEqual(holds ? role(ADMIN) : { kind: 'denied' })
  })
})
