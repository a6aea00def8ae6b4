// Owns what USER_AUTH offers to begin with: a pure rule over the pool's policy and the user. Source: user pool guide,
// "Choice-based sign-in". Knows nothing of Sessions.
import type { FirstFactor } from './config.ts'

export type FirstChallenge = 'PASSWORD' | 'PASSWORD_SRP' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN'

interface Offered {
  readonly attributes: ReadonlyMap<string, string>
  readonly hasPasskey: boolean
  readonly secondFactors: readonly unknown[]
}

const ATTRIBUTE_OF = { EMAIL_OTP: 'email', SMS_OTP: 'phone_number' } as const

/**
 * AvailableChallenges, in Cognito's order. A code needs a verified address and, because it leaves no second factor, a
 * user without MFA. An unknown user is offered all that the pool allows but a passkey [inf].
 */
export function availableChallenges(
  allowed: readonly FirstFactor[],
  poolMfa: 'off' | 'optional' | 'on',
  user: Offered | undefined,
): FirstChallenge[] {
  const hasMfa = poolMfa === 'on' || (poolMfa === 'optional' && (user?.secondFactors.length ?? 0) > 0)
  const isOffered = (factor: FirstFactor): boolean => {
    if (factor === 'PASSWORD') return true
    if (factor === 'WEB_AUTHN') return user?.hasPasskey ?? false
    if (hasMfa) return false
    return user === undefined || user.attributes.get(`${ATTRIBUTE_OF[factor]}_verified`) === 'true'
  }
  return allowed
    .filter(isOffered)
    .flatMap((factor): FirstChallenge[] => (factor === 'PASSWORD' ? ['PASSWORD', 'PASSWORD_SRP'] : [factor]))
}
