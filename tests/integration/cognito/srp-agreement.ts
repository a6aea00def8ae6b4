// Owns the comparison of our SRP with two clients nobody here wrote, login by login. Two test files share its 1,000 logins, so that
// they run side by side.
import { expect, test } from 'vitest'
import { onOpenSsl } from './srp-arithmetic.ts'
import { loginOf, peerInputOf, signatureOf } from './srp-logins.ts'
import {
  integerClasses,
  type PeerInput,
  signWithAmazonCognitoIdentityJs,
  signWithCognitoSrpHelper,
} from './srp-peers.ts'

const peers = [signWithCognitoSrpHelper, signWithAmazonCognitoIdentityJs]

const signaturesOf = (input: PeerInput): string[] => peers.map((sign) => sign(input))

/** Logins per test. */
const share = 50

/** Every ninth: of each of the eight forms of a login, one after the other. */
const isOnOwnArithmetic = (place: number): boolean => place % 9 === 0

/** Tests of the logins at the places from `from` up to `to`. */
export const agreementOn = (from: number, to: number): void => {
  const logins = Array.from({ length: to - from }, (_, index) => loginOf(from + index))

  test('the shapes of numbers that clients get wrong are among the logins', () => {
    const isOdd = (hex: string) => hex.length % 2 === 1
    const isHigh = (hex: string) => !isOdd(hex) && /^[89a-f]/.test(hex)
    const salts = logins.map(({ question }) => question.SALT)
    const servers = logins.map(({ question }) => question.SRP_B)
    const clients = logins.map(({ start }) => start.SRP_A)
    expect(salts.filter(isOdd).length).toBeGreaterThan(logins.length / 10)
    expect(salts.filter(isHigh).length).toBeGreaterThan(logins.length / 10)
    for (const numbers of [servers, clients]) {
      expect(numbers.filter(isOdd).length).toBeGreaterThan(logins.length / 20)
      expect(numbers.filter(isHigh).length).toBeGreaterThan(logins.length / 20)
    }
  })

  const shares = Array.from({ length: logins.length / share }, (_, part) => ({
    first: from + part * share,
    those: logins.slice(part * share, (part + 1) * share),
  }))

  test.each(shares)(`both clients sign as we do, ${share} random logins from number $first`, ({ those }) => {
    for (const login of those) {
      const signature = signatureOf(login)
      const input = peerInputOf(login)
      expect(onOpenSsl(integerClasses, () => signaturesOf(input))).toEqual([signature, signature])
    }
  })

  test.each(shares)('and on their own arithmetic, every ninth from number $first', ({ first, those }) => {
    for (const login of those.filter((_, index) => isOnOwnArithmetic(first + index))) {
      const signature = signatureOf(login)
      expect(signaturesOf(peerInputOf(login))).toEqual([signature, signature])
    }
  })
}
