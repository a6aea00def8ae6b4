import { describe, expect, it } from 'vitest'
import { clockOffsetFrom, secretsIn } from '../../../main/cognito/exchange.ts'

const header = 'Tue, 03 Feb 2026 04:05:06 GMT'
const second = Date.UTC(2026, 1, 3, 4, 5, 6)

describe('the clock offset', () => {
  it.each([
    ['is 0 where our clock may be right', header, second + 400, second + 500, 0],
    ['is 0 while a slow answer leaves room for it', header, second - 900, second + 2_000, 0],
    ['is positive where the server is ahead', header, second - 60_000, second - 59_900, 60_450],
    ['is negative where the server is behind', header, second + 60_000, second + 60_100, -59_550],
    ['is not known without a header', undefined, second, second, undefined],
    ['is not known from nonsense', 'yesterday', second, second, undefined],
  ])('%s', (_, date, sentAt, receivedAt, offset) => {
    expect(clockOffsetFrom(date, sentAt, receivedAt)).toBe(offset)
  })
})

describe('secrets of a request', () => {
  it('are all values but those that are public by nature', () => {
    const secrets = secretsIn({
      ClientId: '4abcdefgh',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: {
        USERNAME: 'ana@example.com',
        PASSWORD: 'Correct-Horse-9',
        SECRET_HASH: 'aGFzaGhhc2g=',
      },
      Session: 'AYABe-session',
      ClientSecret: undefined,
      short: 'no',
    })
    expect(secrets).toEqual(['Correct-Horse-9', 'aGFzaGhhc2g=', 'AYABe-session'])
  })
})
