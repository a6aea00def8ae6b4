// Two SRP clients nobody here wrote, behind one call. Both are slow (srp-arithmetic.ts).
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { signSrpSession } from 'cognito-srp-helper'
import type { SrpQuestion } from '../../../main/cognito/srp.ts'
import type { BigIntegerClass, BigInteger as Integer } from './srp-arithmetic.ts'

export interface PeerInput extends Omit<SrpQuestion, 'signedAt'> {
  /** The client's secret and public value, in hexadecimal without padding. */
  readonly a: string
  readonly A: string
  readonly timestamp: string
}

interface AuthenticationHelper {
  smallAValue: Integer
  largeAValue: Integer
  getLargeAValue(callback: (error: Error | null, A: Integer) => void): void
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverB: Integer,
    salt: Integer,
    callback: (error: Error | null, key: Uint8Array) => void,
  ): void
}

const require = createRequire(import.meta.url)
// The package ships no types for these two modules; what is declared above is what its source shows.
const helperModule: { default: new (group: string) => AuthenticationHelper } =
  require('amazon-cognito-identity-js/lib/AuthenticationHelper')
const bigIntegerModule: { default: BigIntegerClass } = require('amazon-cognito-identity-js/lib/BigInteger')
const jsbn: { BigInteger: BigIntegerClass } = createRequire(require.resolve('cognito-srp-helper'))('jsbn')
/** amazon-cognito-identity-js's mathematics. */
export const { default: Helper } = helperModule
export const { default: BigInteger } = bigIntegerModule

/** The integers that the clients compute with. */
export const integerClasses: readonly BigIntegerClass[] = [BigInteger, jsbn.BigInteger]

/** PASSWORD_CLAIM_SIGNATURE as amazon-cognito-identity-js computes it. */
export const signWithAmazonCognitoIdentityJs = (input: PeerInput): string => {
  // Its constructor would spend 60 ms on a key pair that is replaced at once.
  const helper: AuthenticationHelper = Object.create(Helper.prototype)
  Object.assign(helper, constants(input.group))
  helper.smallAValue = new BigInteger(input.a, 16)
  helper.largeAValue = new BigInteger(input.A, 16)
  let key: Uint8Array = new Uint8Array()
  helper.getPasswordAuthenticationKey(
    input.user,
    input.password,
    new BigInteger(input.SRP_B, 16),
    new BigInteger(input.SALT, 16),
    (error, computed) => {
      if (error !== null) throw error
      key = computed
    },
  )
  return createHmac('sha256', key)
    .update(input.group)
    .update(input.user)
    .update(Buffer.from(input.SECRET_BLOCK, 'base64'))
    .update(input.timestamp)
    .digest('base64')
}

let template: AuthenticationHelper | undefined
/** N, g, k and the rest of one real instance, with another pool name. */
const constants = (group: string): object => {
  template ??= new Helper('unused')
  return { ...template, poolName: group }
}

/** PASSWORD_CLAIM_SIGNATURE as cognito-srp-helper computes it. */
export const signWithCognitoSrpHelper = (input: PeerInput): string =>
  signSrpSession(
    {
      username: input.user,
      password: input.password,
      poolId: `eu-west-1_${input.group}`,
      poolIdAbbr: input.group,
      isHashed: false,
      timestamp: input.timestamp,
      smallA: input.a,
      largeA: input.A,
    },
    {
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SRP_B: input.SRP_B,
        SALT: input.SALT,
        SECRET_BLOCK: input.SECRET_BLOCK,
        USER_ID_FOR_SRP: input.user,
      },
    },
  ).passwordSignature
