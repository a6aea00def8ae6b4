// Owns what a signed-in user may read about and set up for themselves: GetUser and the TOTP set-up.
import { notAuthorized, ServiceError } from '../errors.ts'
import { type Input, optionalString, requiredString } from '../input.ts'
import { randomBase32 } from '../random.ts'
import type { Challenge, OpenSession } from '../sessions.ts'
import { requireAccessToken } from '../tokens.ts'
import { matchingStep } from '../totp.ts'
import type { User } from '../users.ts'
import type { World } from '../world.ts'

/** GetUser (API reference). */
export async function getUser(world: World, input: Input): Promise<object> {
  const { user } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
  const attributes = [['sub', user.sub] as const, ...user.attributes]
  return {
    Username: user.username,
    UserAttributes: attributes.map(([Name, Value]) => ({ Name, Value })),
    ...(user.secondFactors.length > 0 && { UserMFASettingList: user.secondFactors }),
    ...(user.preferredFactor !== undefined && { PreferredMfaSetting: user.preferredFactor }),
  }
}

type MfaSetup = Extract<Challenge, { name: 'MFA_SETUP' }>

/** AssociateSoftwareToken (API reference), by Session of an MFA_SETUP or by access token. */
export async function associateSoftwareToken(world: World, input: Input): Promise<object> {
  const SecretCode = randomBase32(world.random, 32)
  const session = optionalString(input, 'Session')
  if (session === undefined) {
    const { user } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
    world.pendingTotpSecrets.set(user, SecretCode)
    return { SecretCode }
  }
  return {
    SecretCode,
    Session: reissue(world, openSetup(world, session), { name: 'MFA_SETUP', secret: SecretCode }),
  }
}

/** VerifySoftwareToken (API reference): takes the first code and, in a sign-in, answers with the Session to go on with. */
export async function verifySoftwareToken(world: World, input: Input): Promise<object> {
  const given: SetUp = {
    code: requiredString(input, 'UserCode'),
    deviceName: optionalString(input, 'FriendlyDeviceName'),
  }
  const sessionName = optionalString(input, 'Session')
  if (sessionName === undefined) {
    const { user } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
    adopt(user, world.pendingTotpSecrets.get(user), given, world)
    world.pendingTotpSecrets.delete(user)
    return { Status: 'SUCCESS' }
  }
  const session = openSetup(world, sessionName)
  const { user, challenge } = session.pending
  if (user === undefined) throw notAuthorized('Invalid session for the user.')
  adopt(user, challenge.secret, given, world)
  return { Status: 'SUCCESS', Session: reissue(world, session, { name: 'MFA_SETUP', verified: true }) }
}

interface SetUp {
  readonly code: string
  readonly deviceName: string | undefined
}

function adopt(user: User, secret: string | undefined, { code, deviceName }: SetUp, world: World): void {
  if (secret === undefined || matchingStep(secret, code, world.clock.now()) === undefined) {
    throw new ServiceError('EnableSoftwareTokenMFAException', 'Code mismatch')
  }
  user.totpSecret = secret
  // A form that was left empty is no name.
  user.totpDeviceName = deviceName === '' ? undefined : deviceName
}

/** These two operations name no app client, so the Session alone says whose it is. */
function openSetup(world: World, session: string): OpenSession<MfaSetup> {
  const clientId = world.sessions.clientOf(session) ?? ''
  return world.sessions.open(session, { clientId, name: 'MFA_SETUP' }, world.clock.now())
}

function reissue(world: World, session: OpenSession<MfaSetup>, challenge: MfaSetup): string {
  session.consume()
  return world.sessions.issue({ ...session.pending, challenge })
}
