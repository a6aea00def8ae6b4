// Owns what an administrator may do to users behind their back; tests use it to bring about what Sesame has to notice.

import { beginAuth } from './auth-context.ts'
import { sendStatusCode } from './code-delivery.ts'
import type { UserConfig, UserStatus } from './config.ts'
import { createPoolKeys } from './keys.ts'
import type { UserPool } from './pool.ts'
import { startSignIn } from './sign-in.ts'
import type { User } from './users.ts'
import type { World } from './world.ts'

export interface UserChange {
  readonly status?: UserStatus
  readonly disabled?: boolean
  readonly password?: string
  /** null takes the second factor away. */
  readonly totpSecret?: string | null
  readonly attributes?: Readonly<Record<string, string>>
  readonly groups?: readonly string[]
}

/** Tokens of a sign-in that nobody had to prove. */
export interface GrantedTokens {
  readonly accessToken: string
  readonly idToken: string
  readonly refreshToken: string
}

/** RangeError where a pool, app client or user is not there. */
export class Admin {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** As AdminCreateUser; an unconfirmed or reset user is sent a code. */
  addUser(poolId: string, user: UserConfig): void {
    const pool = this.#pool(poolId)
    sendStatusCode(this.#world, pool, pool.addUser(user))
  }

  updateUser(poolId: string, username: string, change: UserChange): void {
    const user = this.#user(poolId, username)
    if (change.status !== undefined) {
      user.status = change.status
      sendStatusCode(this.#world, this.#pool(poolId), user)
    }
    if (change.disabled !== undefined) user.disabled = change.disabled
    if (change.password !== undefined) user.setPassword(change.password)
    if (change.totpSecret !== undefined) user.totpSecret = change.totpSecret ?? undefined
    for (const [name, value] of Object.entries(change.attributes ?? {})) user.attributes.set(name, value)
    if (change.groups !== undefined) this.#pool(poolId).setGroups(user, change.groups)
  }

  deleteUser(poolId: string, username: string): void {
    this.#pool(poolId).deleteUser(this.#user(poolId, username))
  }

  /** AdminForgetDevice for every device of the user, confirmed or not. */
  forgetDevices(poolId: string, username: string): void {
    this.#pool(poolId).devices.forgetAllOf(this.#user(poolId, username).sub)
  }

  /** AdminUserGlobalSignOut: every refresh and access token of the user is refused from now on. */
  signOutUser(poolId: string, username: string): void {
    this.#pool(poolId).refreshTokens.revokeAllOf(this.#user(poolId, username).sub)
  }

  /** The `origin_jti` of each sign-in of the user there ever was, the oldest first; with `alive`, of those that nothing has ended. */
  signInsOf(poolId: string, username: string, options: { readonly alive?: boolean } = {}): readonly string[] {
    return this.#pool(poolId).refreshTokens.signInsOf(this.#user(poolId, username).sub, options)
  }

  /** The pool signs with fresh keys; the old ones stay in its JWK set, unless `dropOld`: then their tokens are worthless. */
  async rotateKeys(poolId: string, { dropOld = false } = {}): Promise<void> {
    this.#pool(poolId).keys.rotate(await createPoolKeys(), dropOld)
  }

  /** The identity pool forgets who somebody is; GetId makes a new identity. */
  deleteIdentity(identityPoolId: string, identityId: string): void {
    this.#world.identityPools.get(identityPoolId)?.deleteIdentity(identityId)
  }

  /** Signs a user in without any proof: for tests and benchmarks that need a thousand sessions, not a thousand logins. */
  async grantTokens(clientId: string, username: string): Promise<GrantedTokens> {
    const context = beginAuth(this.#world, clientId)
    const result = await startSignIn(context, this.#user(context.pool.id, username))
    return {
      accessToken: String(result['AccessToken']),
      idToken: String(result['IdToken']),
      refreshToken: String(result['RefreshToken']),
    }
  }

  #pool(poolId: string): UserPool {
    const pool = this.#world.pools.get(poolId)
    if (pool === undefined) throw new RangeError(`no user pool ${poolId}`)
    return pool
  }

  #user(poolId: string, username: string): User {
    const user = this.#pool(poolId).findUser(username)
    if (user === undefined) throw new RangeError(`no user ${username} in ${poolId}`)
    return user
  }
}
