import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { RefreshTokens } from '../../cognito-server/refresh-tokens.ts'

const owner = { sub: 'ada', clientId: 'client', lifetimeSeconds: 3600 }
const START = 1_700_000_000_000
const HOUR = 3_600_000
const ROTATION = { graceSeconds: 10 }

function opened() {
  const tokens = new RefreshTokens((size) => randomBytes(size))
  const { chain, refreshToken } = tokens.open(owner, START)
  const attempt = (token: string, at: number) => tokens.use(token, 'client', ROTATION, START + at)
  const rotate = (token: string, at: number) => {
    const outcome = attempt(token, at)
    return outcome.kind === 'valid' ? (outcome.rotatedTo ?? '') : outcome.kind
  }
  return { tokens, chain, first: refreshToken, attempt, rotate }
}

describe('without rotation', () => {
  test('one token refreshes until its end, to the millisecond', () => {
    const { tokens, first, chain } = opened()
    const use = (at: number) => tokens.use(first, 'client', undefined, START + at)
    expect(use(0)).toEqual({ kind: 'valid', chain })
    expect(use(HOUR - 1)).toEqual({ kind: 'valid', chain })
    expect(use(HOUR)).toEqual({ kind: 'expired' })
  })

  test('a token of another app client is unknown', () => {
    const { tokens, first } = opened()
    expect(tokens.use(first, 'other', undefined, START)).toEqual({ kind: 'unknown' })
  })

  test('it looks like the real thing: a JWE of five parts and about 1.8 kB', () => {
    const { first } = opened()
    expect(first.split('.')).toHaveLength(5)
    expect(first.length).toBeGreaterThan(1700)
    expect(first.length).toBeLessThan(1900)
  })
})

describe('with rotation', () => {
  test('every use hands out a different token, and none outlives the first', () => {
    const { first, attempt, rotate } = opened()
    const second = rotate(first, 60_000)
    const third = rotate(second, 120_000)
    expect(new Set([first, second, third]).size).toBe(3)
    expect(attempt(third, HOUR)).toEqual({ kind: 'expired' })
  })

  test('within the grace period the old token still works, for when the answer was lost', () => {
    const { first, rotate, attempt } = opened()
    const lost = rotate(first, 0)
    const again = rotate(first, 9_999)
    expect(again).not.toBe(lost)
    expect(attempt(again, 10_000).kind).toBe('valid')
  })

  test('after the grace period the old token is a reuse, and the whole chain is revoked', () => {
    const { first, attempt, rotate, chain } = opened()
    const second = rotate(first, 0)
    expect(attempt(first, 10_000)).toEqual({ kind: 'reused' })
    expect(chain.revoked).toBe(true)
    expect(attempt(second, 10_001)).toEqual({ kind: 'revoked' })
    expect(attempt(first, 10_002)).toEqual({ kind: 'reused' })
  })

  test('a grace period of 0 s takes each token exactly once', () => {
    const { tokens, first } = opened()
    const use = () => tokens.use(first, 'client', { graceSeconds: 0 }, START)
    expect(use().kind).toBe('valid')
    expect(use().kind).toBe('reused')
  })

  test('using the old token in its grace period does not prolong it', () => {
    const { first, rotate, attempt } = opened()
    rotate(first, 0)
    rotate(first, 9_000)
    expect(attempt(first, 10_000)).toEqual({ kind: 'reused' })
  })
})

test('signing a user out everywhere ends all chains of that user and nobody else', () => {
  const { tokens, first, attempt } = opened()
  const other = tokens.open({ ...owner, clientId: 'second' }, START)
  const stranger = tokens.open({ ...owner, sub: 'grace' }, START)
  tokens.revokeAllOf('ada')
  expect(attempt(first, 1).kind).toBe('revoked')
  expect(tokens.use(other.refreshToken, 'second', undefined, START).kind).toBe('revoked')
  expect(attempt(stranger.refreshToken, 1).kind).toBe('valid')
})

test('the sign-ins of a user are listed, those that were ended apart', () => {
  const { tokens, chain } = opened()
  const other = tokens.open(owner, START).chain
  tokens.open({ ...owner, sub: 'grace' }, START)
  chain.revoked = true
  expect(tokens.signInsOf('ada')).toEqual([chain.originJti, other.originJti])
  expect(tokens.signInsOf('ada', { alive: true })).toEqual([other.originJti])
  expect(tokens.signInsOf('nobody')).toEqual([])
})
