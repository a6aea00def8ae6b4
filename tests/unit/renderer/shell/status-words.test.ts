import { describe, expect, it } from 'vitest'
import {
  clockIsWrong,
  clockWords,
  nextRefresh,
  vaultWords,
} from '../../../../renderer/features/shell/status-words.ts'
import { sampleProfiles } from '../samples.ts'

describe('the keychain says its state', () => {
  it.each([
    [{ kind: 'unlocked', backend: 'Secret Service' }, 'Keychain: Secret Service, unlocked', 'ok', false],
    [{ kind: 'locked', backend: 'Secret Service' }, 'Keychain: Secret Service, locked', 'bad', true],
    [{ kind: 'absent', backend: 'Secret Service' }, 'No keychain: sessions stay in memory', 'warn', true],
    [{ kind: 'memory' }, 'Sessions stay in memory', 'neutral', false],
  ] as const)('%j', (vault, text, tone, canRetry) => {
    expect(vaultWords(vault)).toEqual({ text, tone, canRetry })
  })
})

describe('the next refresh is the first over all profiles', () => {
  it('of those that refresh by themselves', () => {
    expect(nextRefresh(sampleProfiles())?.name).toBe('acme-staging · ana')
  })
  it('or none', () => {
    expect(nextRefresh([])).toBeUndefined()
    expect(nextRefresh(sampleProfiles().filter((view) => view.session.status !== 'active'))).toBeUndefined()
  })
})

describe("the clock's distance from AWS", () => {
  it.each([
    [undefined, undefined, false],
    [0, 'Clock agrees with AWS', false],
    [40, 'Clock agrees with AWS', false],
    [400, 'Clock 0.4 s off AWS', false],
    [-400, 'Clock 0.4 s off AWS', false],
    [61_000, 'Clock 61.0 s off AWS', true],
    [-300_000, 'Clock 5 min off AWS', true],
    [7_200_000, 'Clock 2 h off AWS', true],
  ])('%s ms', (offset, words, wrong) => {
    expect(clockWords(offset)).toBe(words)
    expect(clockIsWrong(offset)).toBe(wrong)
  })
})
