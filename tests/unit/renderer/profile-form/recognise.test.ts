import { describe, expect, test } from 'vitest'
import { parsePool } from '../../../../main/profiles/parse-pool.ts'
import {
  describeFills,
  fillsOf,
  mayBeConfiguration,
  mayNamePool,
} from '../../../../renderer/features/profile-form/recognise.ts'

const identityPoolId = 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef'

describe('main is asked about everything it can recognise', () => {
  test.each([
    'eu-west-1_Zk3Lm0aa',
    ' "us-gov-west-1_Zk3Lm0aa" ',
    'local_demo1',
    identityPoolId,
    'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Zk3Lm0aa',
    'http://127.0.0.1:9229/local_demo1/.well-known/jwks.json',
    'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Zk3Lm0aa',
    'https://eu-west-1.console.aws.amazon.com/cognito/v2/idp/user-pools/eu-west-1_Zk3Lm0aa/info',
  ])('%s', (pasted) => {
    expect(parsePool(pasted)).toBeDefined()
    expect(mayNamePool(pasted)).toBe(true)
  })
})

test.each([
  'acme-prod · support',
  'ana@acme.io',
  '4k2v9q1t0abcdefghijklmnopq',
  '',
  `https://${'x'.repeat(5_000)}`,
])('an ordinary paste is left alone: %s', (pasted) => {
  expect(mayNamePool(pasted)).toBe(false)
})

test.each([
  ['{"auth":{"user_pool_id":"eu-west-1_Zk3Lm0aa"}}', true],
  ['const awsmobile = { aws_user_pools_id: "eu-west-1_Zk3Lm0aa" }', true],
  ['{"Stack":{"ExportsOutputA1":"eu-west-1_Zk3Lm0aa"}}', true],
  ['{"kind":"sesame-profiles","version":1,"profiles":[]}', true],
  ['acme {staging}', false],
  ['eu-west-1_Zk3Lm0aa', false],
  [`{"pool":"${'x'.repeat(600_000)}"}`, false],
])('a whole configuration is told from a line: %.40s', (pasted, is) => {
  expect(mayBeConfiguration(pasted)).toBe(is)
})

test('what was recognised goes to its fields, and is told', () => {
  const fills = fillsOf(parsePool('http://127.0.0.1:9229/local_demo1') ?? {})
  expect(fills).toEqual([
    { field: 'userPoolId', value: 'local_demo1', label: 'user pool id' },
    { field: 'endpoints.userPool', value: 'http://127.0.0.1:9229', label: 'user pool endpoint' },
  ])
  expect(describeFills(fills)).toBe('Filled in from what you pasted: user pool id, user pool endpoint.')
})

test('nothing recognised fills nothing', () => {
  expect(fillsOf({})).toEqual([])
})
