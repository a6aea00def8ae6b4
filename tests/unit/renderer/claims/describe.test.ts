import { describe, expect, it } from 'vitest'
import { describeClaims, filterClaims } from '../../../../renderer/features/claims/describe.ts'
import { sampleClaims } from '../samples.ts'

const { id, access, expected } = sampleClaims()
const rowOf = (payload: Record<string, unknown>, name: string) =>
  describeClaims(payload, expected).find((row) => row.name === name)

describe('every claim of a token is shown', () => {
  it.each([
    ['ID', id.payload, ['email_verified']],
    ['access', access.payload, []],
  ])('%s token', (_name, payload, folded) => {
    const names = describeClaims(payload, expected).map((row) => row.name)
    expect(new Set([...names, ...folded])).toEqual(new Set(Object.keys(payload)))
    expect(names.length + folded.length).toBe(Object.keys(payload).length)
  })

  it('every one is explained', () => {
    for (const payload of [id.payload, access.payload])
      for (const row of describeClaims(payload, expected)) expect(row.explanation).not.toBe('')
  })

  it('who comes before what, what before when, when before from whom', () => {
    const names = describeClaims(id.payload, expected).map((row) => row.name)
    const order = ['sub', 'email', 'cognito:groups', 'custom:tenant', 'auth_time', 'exp', 'iss', 'jti']
    expect(names.filter((name) => order.includes(name))).toEqual(order)
  })
})

describe('values are read as what they are', () => {
  it.each([
    ['sub', id.payload, 'id'],
    ['cognito:groups', id.payload, 'chips'],
    ['cognito:roles', id.payload, 'chips'],
    ['cognito:preferred_role', id.payload, 'role'],
    ['exp', id.payload, 'time'],
    ['iss', id.payload, 'issuer'],
    ['aud', id.payload, 'id'],
    ['custom:tenant', id.payload, 'text'],
    ['client_id', access.payload, 'id'],
    ['version', access.payload, 'text'],
  ])('%s', (name, payload, kind) => {
    expect(rowOf(payload, name)?.value.kind).toBe(kind)
  })

  it('scopes are taken apart', () => {
    expect(rowOf(access.payload, 'scope')?.value).toEqual({
      kind: 'chips',
      values: ['openid', 'email', 'orders/read'],
    })
  })

  it('seconds since 1970 become an instant', () => {
    expect(rowOf({ exp: 1_795_189_330 }, 'exp')?.value).toEqual({
      kind: 'time',
      at: 1_795_189_330_000,
      whole: false,
    })
  })

  it.each([
    ['exp', 'tomorrow', { kind: 'text', text: 'tomorrow' }],
    ['exp', Number.NaN, { kind: 'text', text: 'null' }],
    ['scope', 7, { kind: 'text', text: '7' }],
    ['iss', null, { kind: 'text', text: 'null' }],
    ['sub', true, { kind: 'text', text: 'true' }],
    ['cognito:groups', 'editors', { kind: 'text', text: 'editors' }],
    ['address', { country: 'IE' }, { kind: 'json', text: '{\n  "country": "IE"\n}' }],
    ['identities', [{ userId: '1' }], { kind: 'json', text: '[\n  {\n    "userId": "1"\n  }\n]' }],
  ])('%s of an odd shape is shown as it is: %j', (name, value, shown) => {
    expect(rowOf({ [name]: value }, name)?.value).toEqual(shown)
  })
})

describe('*_verified belongs to what it is about', () => {
  it.each([
    [{ email: 'a@b.c', email_verified: true }, true],
    [{ email: 'a@b.c', email_verified: 'true' }, true],
    [{ email: 'a@b.c', email_verified: false }, false],
    [{ email: 'a@b.c' }, undefined],
  ])('%j', (payload, verified) => {
    const rows = describeClaims(payload, expected)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.verified).toBe(verified)
  })

  it('and stands alone without it', () => {
    expect(describeClaims({ email_verified: true }, expected).map((row) => row.name)).toEqual([
      'email_verified',
    ])
  })
})

describe('issuer and app client are checked against the profile', () => {
  it.each([
    ['iss', expected.issuer, true, "Matches this profile's pool"],
    ['iss', 'https://evil.example/eu-west-1_Qx7Ab91c', false, "Not this profile's pool"],
    ['aud', expected.clientId, true, "Matches this profile's app client"],
    ['aud', ['other', expected.clientId], true, "Matches this profile's app client"],
    ['aud', 'other', false, "Not this profile's app client"],
    ['client_id', expected.clientId, true, "Matches this profile's app client"],
    ['client_id', undefined, false, "Not this profile's app client"],
  ])('%s %j', (name, value, right, words) => {
    const row = rowOf({ [name]: value }, name)
    expect(row?.expected).toBe(right)
    expect(row?.explanation).toContain(words)
  })
})

describe('claims nobody here knows are named for what they must be', () => {
  it.each([
    ['custom:tenant', 'Custom attribute', true],
    ['dev:custom:flag', 'Custom attribute, for developers only', true],
    ['plan', 'Added by a Lambda trigger of the pool', false],
    ['toString', 'Added by a Lambda trigger of the pool', false],
    ['__proto__', 'Added by a Lambda trigger of the pool', false],
  ])('%s', (name, words, custom) => {
    const payload: Record<string, unknown> = JSON.parse(`{"${name}":"x"}`)
    expect(rowOf(payload, name)).toMatchObject({ explanation: words, custom })
  })
})

describe('the filter looks at name, explanation and value', () => {
  const rows = describeClaims(id.payload, expected)
  it.each([
    ['', rows.length],
    ['  ', rows.length],
    ['CUSTOM', 1],
    ['release-man', 1],
    ["profile's pool", 1],
    ['zebra', 0],
  ])('%j', (typed, count) => {
    expect(filterClaims(rows, typed)).toHaveLength(count)
  })

  it('puts the values that match first, since only the first of many are shown', () => {
    const groups = Array.from({ length: 30 }, (_, index) => `group-${index}`)
    const many = describeClaims({ 'cognito:groups': groups }, expected)
    const [row] = filterClaims(many, 'GROUP-29')
    expect(row?.value).toMatchObject({ values: ['group-29', ...groups.slice(0, 29)] })
  })
})
