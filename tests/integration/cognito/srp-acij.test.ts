// amazon-cognito-identity-js is AWS's own client, and slow: 150 of the 1,000 logins, every form of number among them.
import { describe, expect, it } from 'vitest'
import { N } from '../../../main/cognito/srp.ts'
import { loginOf, peerInputOf, signatureOf, signedAt } from './srp-logins.ts'
import { signWithAmazonCognitoIdentityJs, signWithCognitoSrpHelper } from './srp-peers.ts'

const count = 150
const parts = 5

describe('the same signature as amazon-cognito-identity-js, for 150 of the random logins', () => {
  it.each(Array.from({ length: parts }, (_, part) => part))('part %i', (part) => {
    // Steps of seven meet each of the eight forms in turn.
    for (let place = part; place < count; place += parts) {
      const login = loginOf(place * 7)
      expect(signatureOf(login)).toBe(signWithAmazonCognitoIdentityJs(peerInputOf(login)))
    }
  })

  it.each([
    ['one leading zero byte and the top bit set', '2e3'],
    ['one leading zero byte', '607'],
  ])('an S with %s', (_, SALT) => {
    const question = {
      group: 'Pool',
      user: 'ana',
      password: 'Correct-Horse-9',
      SECRET_BLOCK: 'AAEC',
      signedAt,
    }
    const login = { a: 5n, question: { ...question, SALT, SRP_B: (2n ** 4_099n % N).toString(16) } }
    expect(signatureOf(login)).toBe(signWithAmazonCognitoIdentityJs(peerInputOf(login)))
    expect(signatureOf(login)).toBe(signWithCognitoSrpHelper(peerInputOf(login)))
  })
})
