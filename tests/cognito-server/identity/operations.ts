// Owns the identity pool operations: GetId, GetCredentialsForIdentity (the enhanced flow) and
// GetOpenIdToken (the basic one).
import { invalidParameter, notAuthorized, resourceNotFound, ServiceError } from '../errors.ts'
import { type Input, optionalString, requiredString, stringMap } from '../input.ts'
import type { World } from '../world.ts'
import { type Identity, type IdentityPool, type Login, loginKey } from './identity-pool.ts'
import { requireLogin } from './login.ts'
import { signOpenIdToken } from './open-id.ts'
import { chooseRole, type RoleChoice } from './roles.ts'

const noGuests = () => notAuthorized('Unauthenticated access is not supported for this identity pool.')

/** GetId (API reference): the same identity for the same login every time. */
export async function getId(world: World, input: Input): Promise<object> {
  const poolId = requiredString(input, 'IdentityPoolId')
  const pool = world.identityPools.get(poolId)
  if (pool === undefined) throw resourceNotFound(`IdentityPool '${poolId}' not found.`)
  const [login] = await requireLogins(world, pool, stringMap(input, 'Logins'))
  if (login !== undefined) return { IdentityId: pool.identityOf(login).id }
  if (pool.config.allowUnauthenticated !== true) throw noGuests()
  return { IdentityId: pool.createIdentity().id }
}

/** GetCredentialsForIdentity (API reference). */
export async function getCredentialsForIdentity(world: World, input: Input): Promise<object> {
  const identityId = requiredString(input, 'IdentityId')
  const { pool, identity } = requireIdentity(world, identityId)
  const logins = await requireLogins(world, pool, stringMap(input, 'Logins'))
  const login = logins.find((candidate) => identity.logins.has(loginKey(candidate)))
  assertMayUse(pool, identity, logins, login)
  const roleArn = roleFor(pool, login, optionalString(input, 'CustomRoleArn'))
  const lifetimeSeconds = pool.config.credentialsSeconds ?? 3600
  const issued = world.credentials.issue(roleArn, (world.clock.nowSeconds() + lifetimeSeconds) * 1000)
  return {
    IdentityId: identityId,
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      // Timestamps of AWS JSON are seconds since the epoch.
      Expiration: issued.expiresAt / 1000,
    },
  }
}

/** GetOpenIdToken (API reference): the first half of the basic flow. */
export async function getOpenIdToken(world: World, input: Input): Promise<object> {
  const identityId = requiredString(input, 'IdentityId')
  const { pool, identity } = requireIdentity(world, identityId)
  const logins = await requireLogins(world, pool, stringMap(input, 'Logins'))
  const login = logins.find((candidate) => identity.logins.has(loginKey(candidate)))
  assertMayUse(pool, identity, logins, login)
  if (pool.config.allowClassicFlow !== true) {
    throw invalidParameter('Basic (classic) flow is not enabled, please use enhanced flow.')
  }
  const names = logins.map(({ providerName }) => providerName)
  return { IdentityId: identityId, Token: await signOpenIdToken(world, pool, identity, names) }
}

async function requireLogins(
  world: World,
  pool: IdentityPool,
  logins: Readonly<Record<string, string>>,
): Promise<Login[]> {
  const entries = Object.entries(logins)
  return Promise.all(entries.map(([provider, token]) => requireLogin(world, pool, provider, token)))
}

function requireIdentity(world: World, id: string): { pool: IdentityPool; identity: Identity } {
  for (const pool of world.identityPools.values()) {
    const identity = pool.identity(id)
    if (identity !== undefined) return { pool, identity }
  }
  throw resourceNotFound(`Identity '${id}' not found.`)
}

function assertMayUse(
  pool: IdentityPool,
  identity: Identity,
  logins: readonly Login[],
  login: Login | undefined,
): void {
  if (login !== undefined) return
  if (logins.length > 0) {
    throw notAuthorized(
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    )
  }
  if (identity.logins.size > 0) throw notAuthorized(`Access to Identity '${identity.id}' is forbidden.`)
  if (pool.config.allowUnauthenticated !== true) throw noGuests()
}

function roleFor(pool: IdentityPool, login: Login | undefined, customRoleArn: string | undefined): string {
  const { authenticated, unauthenticated } = pool.config.roles
  const choice: RoleChoice =
    login === undefined
      ? chooseRole({}, undefined, unauthenticated, customRoleArn)
      : chooseRole(login.claims, login.provider.roleMapping, authenticated, customRoleArn)
  if (choice.kind === 'role') return choice.roleArn
  throw NO_ROLE[choice.kind]()
}

const NO_ROLE: Readonly<Record<Exclude<RoleChoice['kind'], 'role'>, () => ServiceError>> = {
  // [inf] That these two are refused is documented, the sentences are not.
  denied: () =>
    notAuthorized('Access denied: the role mapping of this identity pool matches no single role.'),
  'not-in-token': () => notAuthorized('The requested role is not among the roles of the login token.'),
  unconfigured: () =>
    new ServiceError(
      'InvalidIdentityPoolConfigurationException',
      'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    ),
}
