import { createLocalJWKSet, errors, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { IssuerKeys } from '../../../main/cognito/jwks.ts'
import { verifyToken } from '../../../main/cognito/verify.ts'
import { profileOf, standingClock } from './support.ts'

const clock = standingClock()
const now = Math.floor(clock.now() / 1_000)
const profile = profileOf()
const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${profile.userPoolId}`

let keys: Record<'pool' | 'stranger', CryptoKey>
let published: IssuerKeys
beforeAll(async () => {
  const [pool, stranger] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  keys = { pool: pool.privateKey, stranger: stranger.privateKey }
  const jwk = { ...(await exportJWK(pool.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  published = { find: createLocalJWKSet({ keys: [jwk] }), isCoolingDown: () => false }
})

const idClaims = { iss: issuer, sub: 'me', aud: profile.clientId, token_use: 'id', exp: now + 300 }
const accessClaims = {
  iss: issuer,
  sub: 'me',
  client_id: profile.clientId,
  token_use: 'access',
  exp: now + 300,
}

const sign = (claims: JWTPayload, signer: 'pool' | 'stranger' = 'pool', kid = 'one') =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(keys[signer])

const verify = (kind: 'id' | 'access', token: string, clockOffsetMs = 0, found = published) =>
  verifyToken(() => Promise.resolve(found), clock, profile, { kind, clockOffsetMs }, token)

describe('a token is verified', () => {
  it('when it is an ID token of this pool and app client', async () => {
    expect(await verify('id', await sign(idClaims))).toEqual({ kind: 'verified' })
  })

  it('when it is an access token of this pool and app client', async () => {
    expect(await verify('access', await sign(accessClaims))).toEqual({ kind: 'verified' })
  })

  it("by the server's clock where ours is an hour fast", async () => {
    const token = await sign({ ...idClaims, exp: now - 3_000 })
    expect(await verify('id', token)).toMatchObject({ kind: 'refused', reason: 'It has expired.' })
    expect(await verify('id', token, -3_600_000)).toEqual({ kind: 'verified' })
  })
})

describe('a token is refused', () => {
  it.each<[string, 'id' | 'access', JWTPayload, string]>([
    ['of another pool', 'id', { ...idClaims, iss: `${issuer}x` }, 'It was issued by another user pool.'],
    ['of another app client', 'id', { ...idClaims, aud: 'other' }, 'It was issued to another app client.'],
    [
      'of another app client',
      'access',
      { ...accessClaims, client_id: 'x' },
      'It was issued to another app client.',
    ],
    ['for another use', 'id', { ...idClaims, token_use: 'access' }, 'It is not an id token.'],
    ['for another use', 'access', { ...accessClaims, token_use: 'id' }, 'It is not an access token.'],
    ['that has expired', 'id', { ...idClaims, exp: now - 5 }, 'It has expired.'],
    ['that never expires', 'id', { ...idClaims, exp: undefined }, 'Its claim exp is missing or not right.'],
  ])('%s (%s)', async (_, kind, claims, reason) => {
    expect(await verify(kind, await sign(claims))).toEqual({ kind: 'refused', reason })
  })

  it('signed by a stranger under a known key id', async () => {
    expect(await verify('id', await sign(idClaims, 'stranger'))).toEqual({
      kind: 'refused',
      reason: 'The signature does not match the keys of the user pool.',
    })
  })

  it('signed with a key that the pool does not publish', async () => {
    expect(await verify('id', await sign(idClaims, 'stranger', 'two'))).toMatchObject({ kind: 'refused' })
  })

  it('signed with an algorithm that is not RS256', async () => {
    const forged = await new SignJWT(idClaims)
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(new TextEncoder().encode('a secret of sufficient length, 32 bytes'))
    expect(await verify('id', forged)).toEqual({ kind: 'refused', reason: 'It is not signed with RS256.' })
  })

  it.each(['', 'not a token', 'a.b.c'])('that is no token: %s', async (text) => {
    expect(await verify('id', text)).toMatchObject({ kind: 'refused' })
  })
})

describe('a token is unchecked', () => {
  const keysThat = (find: IssuerKeys['find'], isCoolingDown = false): IssuerKeys => ({
    find,
    isCoolingDown: () => isCoolingDown,
  })

  it.each([
    ['without a network', new TypeError('fetch failed')],
    ['where the keys are late', new errors.JWKSTimeout()],
    ['where the endpoint answers something else', new errors.JOSEError('Expected 200 OK')],
    ['where a published key is broken', new DOMException('bad key', 'DataError')],
  ])('%s', async (_, error) => {
    const found = keysThat(() => Promise.reject(error))
    expect(await verify('id', await sign(idClaims), 0, found)).toMatchObject({ kind: 'unchecked' })
  })

  it('where its key may be newer than ours, which may not be fetched again yet', async () => {
    const token = await sign(idClaims, 'pool', 'two')
    expect(await verify('id', token, 0, keysThat(published.find, true))).toMatchObject({ kind: 'unchecked' })
  })
})
