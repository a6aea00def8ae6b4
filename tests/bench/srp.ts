// Owns the figure of SRP: the client's mathematics of one sign-in, ours beside amazon-cognito-identity-js.
import { createHmac, randomBytes } from 'node:crypto'
import { proveSrp, startSrp } from '../../main/cognito/srp.ts'
import { BigInteger, Helper } from '../integration/cognito/srp-peers.ts'
import { type Figure, figureOf, timeInTurns } from './measure.ts'

const group = 'SesameBench'
const user = '7a1c0a52-3b7e-4d43-9f0b-1d1f4c2ab001'
const password = 'Analytical-1842'
const SALT = randomBytes(16).toString('hex')
const SECRET_BLOCK = randomBytes(1_200).toString('base64')
// Any value a server could send: less than N, since its first digit is.
const SRP_B = `5${randomBytes(384).toString('hex').slice(1)}`
const signedAt = Date.UTC(2026, 1, 3, 4, 5, 6)

const ours = (): void => {
  const proof = proveSrp(startSrp(randomBytes), {
    group,
    user,
    password,
    SRP_B,
    SALT,
    SECRET_BLOCK,
    signedAt,
  })
  if (!proof.ok) throw new Error(proof.failure.message)
}

const theirs = (): void => {
  const helper = new Helper(group)
  const fail = (error: Error | null): void => {
    if (error !== null) throw error
  }
  helper.getLargeAValue(fail)
  const B = new BigInteger(SRP_B, 16)
  helper.getPasswordAuthenticationKey(user, password, B, new BigInteger(SALT, 16), (error, key) => {
    fail(error)
    createHmac('sha256', key)
      .update(group)
      .update(user)
      .update(Buffer.from(SECRET_BLOCK, 'base64'))
      .digest('base64')
  })
}

export const benchSrp = async (): Promise<Figure[]> => {
  const time = await timeInTurns(
    [
      ['ours', ours],
      ['theirs', theirs],
    ],
    { rounds: 9, roundMs: 300 },
  )
  return [figureOf('srp', time.of('ours'), 'ms', 'amazon-cognito-identity-js', time.ratio('ours', 'theirs'))]
}
