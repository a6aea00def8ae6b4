// The first half of 1,000 random logins, and the numbers that are too rare to be met by chance.
import { describe, expect, it } from 'vitest'
import { N } from '../../../main/cognito/srp.ts'
import { agreementOn } from './srp-agreement.ts'
import { peerInputOf, signatureOf, signedAt, startOf } from './srp-logins.ts'
import { signWithAmazonCognitoIdentityJs, signWithCognitoSrpHelper } from './srp-peers.ts'

agreementOn(0, 500)

describe('the same signature as both', () => {
  it.each([
    ['one leading zero byte and the top bit set', '2e3'],
    ['one leading zero byte', '607'],
  ])('for an S with %s', (_, SALT) => {
    const question = {
      group: 'Pool',
      user: 'ana',
      password: 'Correct-Horse-9',
      SECRET_BLOCK: 'AAEC',
      signedAt,
    }
    const login = {
      start: startOf(5n),
      question: { ...question, SALT, SRP_B: (2n ** 4_099n % N).toString(16) },
    }
    expect(signatureOf(login)).toBe(signWithAmazonCognitoIdentityJs(peerInputOf(login)))
    expect(signatureOf(login)).toBe(signWithCognitoSrpHelper(peerInputOf(login)))
  })
})
