// Owns what a pasted text says about a user pool: ids, issuers, ARNs, console addresses. Asks no network and stores nothing.
import {
  clientIdPattern,
  identityPoolIdPattern,
  isSafeEndpoint,
  isUserPoolHost,
  poolArnPattern,
  userPoolIdPattern,
} from './patterns.ts'
import type { ProfileSettings } from './profile.ts'

export type PoolHint = Partial<
  Pick<ProfileSettings, 'userPoolId' | 'clientId' | 'identityPoolId' | 'endpoints'>
>

/** The path of an issuer ends in the pool id; people also paste the addresses below it. */
const wellKnown = /\/\.well-known\/(?:jwks\.json|openid-configuration)$/

/** `…console.aws.amazon.com/cognito/v2/idp/user-pools/<id>/…/app-clients/<client>`, and its like in other partitions. */
const fromConsole = (url: URL): PoolHint | undefined => {
  const segments = url.pathname.split('/').map(decodeURIComponent)
  const after = (...names: string[]): string => {
    const at = segments.findIndex((segment) => names.includes(segment))
    return at === -1 ? '' : (segments[at + 1] ?? '')
  }
  const userPoolId = after('user-pools')
  const identityPoolId = after('identity-pools')
  const clientId = after('app-clients', 'clients')
  const hint: PoolHint = {
    ...(userPoolIdPattern.test(userPoolId) ? { userPoolId } : {}),
    ...(clientIdPattern.test(clientId) ? { clientId } : {}),
    ...(identityPoolIdPattern.test(identityPoolId) ? { identityPoolId } : {}),
  }
  return Object.keys(hint).length === 0 ? undefined : hint
}

const fromIssuer = (url: URL): PoolHint | undefined => {
  const path = url.pathname.replace(wellKnown, '').replace(/\/+$/, '')
  const slash = path.lastIndexOf('/')
  const userPoolId = path.slice(slash + 1)
  if (!userPoolIdPattern.test(userPoolId)) return undefined
  if (isUserPoolHost(url.hostname)) return { userPoolId }
  const userPool = url.origin + path.slice(0, slash)
  return isSafeEndpoint(userPool) ? { userPoolId, endpoints: { userPool } } : undefined
}

const fromUrl = (text: string): PoolHint | undefined => {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return undefined
  const isConsole = /(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|aws\.eu)$/
  try {
    return isConsole.test(url.hostname) ? fromConsole(url) : fromIssuer(url)
  } catch {
    return undefined // a broken percent escape in the path
  }
}

/**
 * Reads what was pasted into the add dialog: a user or identity pool id, an issuer (AWS's, or a local server's such as
 * `http://127.0.0.1:9229/local_Ab12`), a pool's ARN or its console address. Answers the settings it names, or undefined.
 */
export const parsePool = (pasted: string): PoolHint | undefined => {
  const text = pasted
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim()
  if (userPoolIdPattern.test(text)) return { userPoolId: text }
  if (identityPoolIdPattern.test(text)) return { identityPoolId: text }
  const arn = poolArnPattern.exec(text)?.groups
  if (arn?.['userPoolId'] !== undefined) return { userPoolId: arn['userPoolId'] }
  if (arn?.['identityPoolId'] !== undefined) return { identityPoolId: arn['identityPoolId'] }
  return fromUrl(text)
}
