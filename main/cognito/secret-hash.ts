// Owns SECRET_HASH. Refuses to know which request carries it.
import { createHmac } from 'node:crypto'

/**
 * `SECRET_HASH` for requests that name a user: base64(HMAC-SHA256(secret, username + clientId)), or nothing for an app
 * client without a secret. `username` is the USERNAME sent beside it.
 */
export const secretHash = (
  clientId: string,
  clientSecret: string | undefined,
  username: string,
): { SECRET_HASH?: string } =>
  clientSecret === undefined
    ? {}
    : {
        SECRET_HASH: createHmac('sha256', clientSecret)
          .update(username + clientId)
          .digest('base64'),
      }
