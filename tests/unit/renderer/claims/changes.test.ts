import { describe, expect, it } from 'vitest'
import { changeOf, changeWords, withSigns } from '../../../../renderer/features/claims/changes.ts'
import { describeClaims } from '../../../../renderer/features/claims/describe.ts'
import { sampleClaims } from '../samples.ts'

const { expected } = sampleClaims()
const wordsOf = (name: string, now: Record<string, unknown>, before?: Record<string, unknown>) => {
  const change = changeOf(name, now, before)
  return change && changeWords(change)
}

describe('what the last refresh changed is said', () => {
  it.each<[string, string, Record<string, unknown>, Record<string, unknown> | undefined, string | undefined]>(
    [
      ['a claim that came', 'plan', { plan: 'pro' }, {}, 'Added by the last refresh'],
      ['a claim that went', 'plan', {}, { plan: 'pro' }, 'Removed by the last refresh'],
      [
        'another word',
        'plan',
        { plan: 'pro' },
        { plan: 'free' },
        'Changed by the last refresh; before: free',
      ],
      ['another number', 'level', { level: 2 }, { level: 1 }, 'Changed by the last refresh'],
      ['a group more', 'groups', { groups: ['a', 'b'] }, { groups: ['a'] }, 'Changed by the last refresh'],
      [
        'an address that was verified',
        'email',
        { email: 'a@b.c', email_verified: true },
        { email: 'a@b.c', email_verified: false },
        'Changed by the last refresh',
      ],
      [
        'the same groups in another order',
        'groups',
        { groups: ['a', 'b'] },
        { groups: ['b', 'a'] },
        undefined,
      ],
      ['the same value', 'plan', { plan: 'pro' }, { plan: 'pro' }, undefined],
      ['what differs in every token', 'exp', { exp: 2 }, { exp: 1 }, undefined],
      ['anything, where nothing is known of before', 'plan', { plan: 'pro' }, undefined, undefined],
    ],
  )('%s', (_what, name, now, before, words) => {
    expect(wordsOf(name, now, before)).toBe(words)
  })

  it('with a sign at each value of a set, first', () => {
    expect(withSigns(['a', 'c', 'd'], ['a', 'b'])).toEqual(['+ c', '+ d', '− b', 'a'])
  })

  it('in the rows of a token, with a row for what is gone', () => {
    const rows = describeClaims({ sub: 'x', 'cognito:groups': ['editors', 'release-managers'] }, expected, {
      sub: 'x',
      'cognito:groups': ['editors'],
      'custom:tenant': 'acme',
    })
    expect(rows.map(({ name, change, value }) => [name, change?.kind, value])).toEqual([
      ['sub', undefined, { kind: 'id', text: 'x' }],
      ['cognito:groups', 'changed', { kind: 'chips', values: ['+ release-managers', 'editors'] }],
      ['custom:tenant', 'removed', { kind: 'text', text: 'acme' }],
    ])
  })

  it('never over what does not belong to the profile', () => {
    const [row] = describeClaims({ iss: 'https://evil.example' }, expected, { iss: expected.issuer })
    expect(row?.explanation).toMatch(/^Not this profile's pool/)
  })
})
