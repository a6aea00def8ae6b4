import { describe, expect, it } from 'vitest'
import { lifetimesOf, upcoming } from '../../../../renderer/features/session/lifetimes.ts'
import { timeTexts } from '../../../../renderer/format/time.ts'
import type { LiveSession } from '../../../../renderer/state/hooks.ts'
import { sampleFailure, sampleLive, sampleNow, sampleProfile, sampleView } from '../samples.ts'

const minute = 60_000
const day = 24 * 60 * minute
const texts = timeTexts()

const cards = (session: LiveSession, now = sampleNow, profile = sampleProfile(3)) =>
  lifetimesOf(sampleView(profile, session), session, now, texts).map(
    ({ title, aside, value, note, left, tone }) =>
      `${title} | ${aside} | ${value} | ${note} | ${left === undefined ? '-' : left.toFixed(2)} | ${tone}`,
  )

const active: LiveSession = { status: 'active', ...sampleLive() }
const failure = sampleFailure()

it("the three cards read as in the mockup, in its sample's world", () => {
  expect(cards(active)).toEqual([
    'ID and access token | refreshes 15:37 | 48 min | expires 15:42:10 | 0.81 | ok',
    'AWS credentials | orders-dev role | 55 min | expires 15:49:02 | 0.92 | ok',
    'Refresh token | rotates | 2 days | sign in again by 22 Nov | 0.07 | warn',
  ])
})

describe('the token card says what refreshing is up to', () => {
  it.each([
    [{ ...active, status: 'refreshing' }, 'refreshing…', 'ok'],
    [
      { ...active, status: 'offline', failure, retryAt: sampleNow + 4 * minute + 11_000 },
      'retries 14:58',
      'warn',
    ],
    [{ ...active, status: 'offline', failure }, 'retrying', 'warn'],
    [{ ...active, status: 'attention', failure }, 'not refreshing', 'warn'],
  ] satisfies [LiveSession, string, string][])('%#', (session, aside, tone) => {
    expect(cards(session)[0]).toContain(`| ${aside} |`)
    expect(cards(session)[0]).toMatch(new RegExp(`${tone}$`))
  })

  it('and when the tokens are over', () => {
    expect(cards(active, sampleNow + 50 * minute)[0]).toBe(
      'ID and access token | refreshes 15:37 | Expired | at 15:42:10 | 0.00 | bad',
    )
  })
})

describe('the credentials card', () => {
  const without: LiveSession = {
    ...active,
    lifetimes: { tokens: active.lifetimes.tokens, refreshToken: active.lifetimes.refreshToken },
  }
  it('says that none were issued yet', () => {
    expect(cards(without)[1]).toBe('AWS credentials |  | Not issued | on first use | - | neutral')
  })
  it('says that there is no identity pool to issue any', () => {
    expect(cards(without, sampleNow, sampleProfile(3, { identityPoolId: undefined }))[1]).toBe(
      'AWS credentials |  | — | no identity pool | - | neutral',
    )
  })
  it('warns when they are no longer handed out, 15 minutes before their end', () => {
    expect(cards(active, sampleNow + 40 * minute)[1]).toMatch(/15 min .* ok$/)
    expect(cards(active, sampleNow + 41 * minute)[1]).toMatch(/14 min .* warn$/)
  })
  it('says that expired ones come anew', () => {
    expect(cards(active, sampleNow + 56 * minute)[1]).toContain('Expired | renewed on next use')
  })
})

describe('the refresh token card warns in time', () => {
  it.each([
    [10 * day, '10 days | sign in again by 30 Nov', 'ok'],
    [3 * day, '3 days | sign in again by 23 Nov', 'warn'],
    [day, '1 day | sign in again by 21 Nov', 'bad'],
    [5 * 60 * minute, '5 h | sign in again by 19:53', 'bad'],
    [0, 'Expired | sign in again', 'bad'],
  ])('with %d ms to go', (left, words, tone) => {
    const refreshToken = { issuedAt: sampleNow - 20 * day, expiresAt: sampleNow + left }
    const card = cards({ ...active, lifetimes: { ...active.lifetimes, refreshToken } })[2]
    expect(card).toContain(words)
    expect(card).toMatch(new RegExp(`${tone}$`))
  })
})

describe('what happens next is in order and not in the past', () => {
  const words = (session: LiveSession, now = sampleNow) =>
    upcoming(session, now).map(({ at, text }) => `${texts.shortTime(at, sampleNow)} ${text.split(' ')[0]}`)

  it('for an active session', () => {
    expect(words(active)).toEqual(['15:37 Sesame', '15:49 These', 'Sun 22 Nov, 18:53 The'])
    expect(words(active, sampleNow + 60 * minute)).toEqual(['Sun 22 Nov, 18:53 The'])
  })
  it('for one that waits for the network', () => {
    const offline: LiveSession = { ...active, status: 'offline', failure, retryAt: sampleNow + minute }
    expect(upcoming(offline, sampleNow).map(({ text }) => text)).toEqual([
      'Sesame tries to refresh again',
      'The tokens expire, unless a refresh works before',
      'These AWS credentials expire; the next copy takes new ones',
      'The refresh token ends: sign in again before',
    ])
  })
  it('for one that waits for a person', () => {
    const attention: LiveSession = { ...active, status: 'attention', failure }
    expect(upcoming(attention, sampleNow)[0]?.text).toBe('The tokens expire: refreshing waits for a change')
  })
})
