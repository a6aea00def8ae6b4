import { describe, expect, it } from 'vitest'
import type { UnsavedView } from '../../../../preload/views.ts'
import {
  clockIsWrong,
  clockWords,
  nextRefresh,
  vaultWords,
  waitingWords,
} from '../../../../renderer/features/shell/status-words.ts'
import { liveSession, sampleView } from '../../ipc/sample-views.ts'
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

describe('what the keychain has not taken is counted, told apart by whether it survives quitting', () => {
  const holding = (...unsaved: UnsavedView[]) =>
    unsaved.map((where, n) => sampleView(n, liveSession(0, where)))
  it.each([
    [holding(false, false), undefined],
    [holding('on-disk'), { text: '1 session in an encrypted file', tone: 'neutral' }],
    [holding('on-disk', 'on-disk', false), { text: '2 sessions in an encrypted file', tone: 'neutral' }],
    [holding('in-memory'), { text: '1 session not saved', tone: 'warn' }],
    [
      holding('in-memory', 'in-memory', 'on-disk'),
      { text: '2 sessions not saved, 1 session in an encrypted file', tone: 'warn' },
    ],
    [[sampleView(1, liveSession(0, 'in-memory'), { storage: 'memory' })], undefined],
  ])('case %#', (profiles, words) => {
    expect(waitingWords(profiles)).toEqual(words)
  })
  it('and no keychain no longer means memory', () => {
    expect(vaultWords({ kind: 'absent', backend: 'Secret Service' }, true).text).toBe('No keychain')
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
