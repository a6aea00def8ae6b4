// cognito-srp-helper is a client nobody here wrote; one of 1,000 logins in ten has the full 1,024 bits of a.
import { describe, expect, it } from 'vitest'
import { loginOf, peerInputOf, signatureOf, start } from './srp-logins.ts'
import { signWithCognitoSrpHelper } from './srp-peers.ts'

const count = 1_000
const parts = 20
const logins = Array.from({ length: count }, (_, place) => loginOf(place))

describe('the same signature as cognito-srp-helper, for 1,000 random logins', () => {
  it('forces the shapes of numbers that clients get wrong', () => {
    const isOdd = (hex: string) => hex.length % 2 === 1
    const isHigh = (hex: string) => !isOdd(hex) && /^[89a-f]/.test(hex)
    const salts = logins.map(({ question }) => question.SALT)
    const servers = logins.map(({ question }) => question.SRP_B)
    const clients = logins.map(({ a }) => start(a).SRP_A)
    expect(salts.filter(isOdd).length).toBeGreaterThan(100)
    expect(salts.filter(isHigh).length).toBeGreaterThan(100)
    for (const numbers of [servers, clients]) {
      expect(numbers.filter(isOdd).length).toBeGreaterThan(50)
      expect(numbers.filter(isHigh).length).toBeGreaterThan(50)
    }
  })

  it.each(Array.from({ length: parts }, (_, part) => part))('part %i', (part) => {
    const share = logins.slice((part * count) / parts, ((part + 1) * count) / parts)
    for (const login of share) expect(signatureOf(login)).toBe(signWithCognitoSrpHelper(peerInputOf(login)))
  })
})
