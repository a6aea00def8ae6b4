// Owns what every step of a sign-in has in hand, and how a challenge is sent. Knows nothing of which one comes next.
import type { FirstChallenge } from './first-factors.ts'
import type { Client, UserPool } from './pool.ts'
import { type Challenge, NOTHING_PASSED, type Passed } from './sessions.ts'
import type { User } from './users.ts'
import { requireClient, type World } from './world.ts'

/** Where an authentication request is headed, and what its sign-in has shown so far. */
export interface AuthContext {
  readonly world: World
  readonly pool: UserPool
  readonly client: Client
  readonly passed: Passed
  /** DEVICE_KEY, as this request or one before it gave it. */
  readonly deviceKey?: string
}

/** Who a sign-in is about; the user is missing where nobody has that name and nobody may know. */
export interface Subject {
  /** The user's own name; for one who is not there, the name as typed. */
  readonly username: string
  readonly user: User | undefined
}

/** The answer of InitiateAuth and RespondToAuthChallenge. */
export interface AuthAnswer {
  readonly ChallengeName?: string
  readonly Session?: string
  readonly ChallengeParameters: Readonly<Record<string, string>>
  readonly AvailableChallenges?: readonly FirstChallenge[]
  readonly AuthenticationResult?: Readonly<Record<string, unknown>>
}

/** The context of a sign-in that begins; ResourceNotFoundException for an app client that is not there. */
export function beginAuth(world: World, clientId: string, deviceKey?: string): AuthContext {
  return {
    world,
    ...requireClient(world, clientId),
    passed: NOTHING_PASSED,
    ...(deviceKey !== undefined && { deviceKey }),
  }
}

/** Sends a challenge with a fresh Session bound to this user and app client. */
export function sendChallenge(
  context: AuthContext,
  { username, user }: Subject,
  challenge: Challenge,
  ChallengeParameters: Readonly<Record<string, string>>,
): AuthAnswer {
  const { world, client, passed, deviceKey } = context
  const Session = world.sessions.issue({
    challenge,
    clientId: client.id,
    username,
    user,
    expiresAt: world.clock.now() + client.authSessionSeconds * 1000,
    passed,
    ...(deviceKey !== undefined && { deviceKey }),
  })
  const ChallengeName = challenge.name === 'INVENTED' ? challenge.shownAs : challenge.name
  return { ChallengeName, Session, ChallengeParameters }
}
