// Owns the claims view: both tokens decoded, each with what the pool's keys say of it.
import type { ClaimsView, TokenView } from '../../preload/views.ts'
import { ok, type Result } from '../failure.ts'
import { issuerOf, type Profile } from '../profiles/profile.ts'
import { decodeJWT } from './jwt.ts'
import type { Issuer } from './ports.ts'
import type { EarlierTokens, LiveSession } from './state.ts'

/** Left out where they cannot be read: they only say what changed. */
const earlierClaims = ({ idToken, accessToken }: EarlierTokens): Pick<ClaimsView, 'before'> => {
  const [id, access] = [decodeJWT(idToken), decodeJWT(accessToken)]
  return id.ok && access.ok ? { before: { id: id.value.payload, access: access.value.payload } } : {}
}

/** The tokens at hand, expired or not: looking at them refreshes nothing. Fails with `token.malformed`. */
export const claimsOf = async (
  issuer: Pick<Issuer, 'verify'>,
  profile: Profile,
  { record, offsetMs, before }: LiveSession,
): Promise<Result<ClaimsView>> => {
  const look = async (kind: 'id' | 'access', raw: string): Promise<Result<TokenView>> => {
    const decoded = decodeJWT(raw)
    if (!decoded.ok) return decoded
    // Verifying takes public keys; the client secret stays where it is.
    const verification = await issuer.verify({ profile, clientSecret: undefined }, kind, raw, offsetMs)
    return ok({ header: decoded.value.header, payload: decoded.value.payload, verification })
  }
  const [id, access] = await Promise.all([
    look('id', record.tokens.idToken),
    look('access', record.tokens.accessToken),
  ])
  if (!id.ok) return id
  if (!access.ok) return access
  return ok({
    id: id.value,
    access: access.value,
    ...(before !== undefined && earlierClaims(before)),
    expected: { issuer: issuerOf(profile), clientId: profile.clientId },
  })
}
