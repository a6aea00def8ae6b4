// Owns what Cognito's identifiers look like, and which AWS partition a region belongs to. Plain patterns, no validator.

/** Regions of every partition in AWS's partitions.json: us-east-1, us-gov-west-1, cn-north-1, eusc-de-east-1. */
const region = '[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}'
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const userPoolId = `(?:${region}|local)_[0-9a-zA-Z]{1,55}`

export const regionPattern = new RegExp(`^${region}$`)
/** `<region>_<id>`, as in the CreateUserPool API (`[\w-]+_[0-9a-zA-Z]+`); emulators name theirs `local_<id>`. */
export const userPoolIdPattern = new RegExp(`^${userPoolId}$`)
/** The API admits `[\w+]+` up to 128; Cognito hands out 26 lower-case letters and digits. */
export const clientIdPattern = /^[a-z0-9]{1,128}$/
export const identityPoolIdPattern = new RegExp(`^${region}:${uuid}$`)
export const roleArnPattern = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/
/** `arn:aws:cognito-idp:<region>:<account>:userpool/<id>`, and the identity pool's counterpart. */
export const poolArnPattern = new RegExp(
  `^arn:aws[a-z-]*:cognito-(?:idp:${region}:\\d{12}:userpool/(?<userPoolId>${userPoolId})` +
    `|identity:${region}:\\d{12}:identitypool/(?<identityPoolId>${region}:${uuid}))$`,
)

/** The domain under which a region's service endpoints live (AWS's partitions.json, `dnsSuffix`). */
export const dnsSuffixOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn'
  if (region.startsWith('eusc-')) return 'amazonaws.eu'
  return 'amazonaws.com'
}

/**
 * Hosts where Cognito's user pools answer, FIPS, dual-stack and VPC endpoints included. Not all of AWS: anybody can have a host of
 * API Gateway, of a load balancer or of a machine under the same domains.
 */
export const isUserPoolHost = (hostname: string): boolean =>
  /^(?:vpce-[\w-]+\.)?cognito-idp(?:-fips)?\.[a-z\d-]+\.(?:vpce\.)?(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws)$/.test(
    hostname,
  )

/** Whether a login page is one of Cognito's own: `https://<prefix>.auth.<region>.amazoncognito.com`, or with `auth-fips`. */
export const isCognitoDomain = (address: string): boolean =>
  /^https:\/\/[a-z\d-]+\.auth(?:-fips)?\.[a-z\d-]+\.amazoncognito\.com(?:\.cn)?\/*$/i.test(address)

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

/**
 * An endpoint that secrets may be sent to: https, or http that does not leave this machine; no credentials, query or fragment
 * in the address.
 */
export const isSafeEndpoint = (text: string): boolean => {
  // URL parsing forgives backslashes, line breaks and missing slashes; what is stored should need no forgiveness.
  if (!/^https?:\/\/[^\s\\?#]+$/i.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.includes(url.hostname))
}

/**
 * An address a browser can come back to: http on this machine with a port of its own (RFC 8252, section 7.3), or our own scheme
 * (section 7.1). Cognito compares it letter by letter with the app client's list.
 */
export const isCallbackUrl = (text: string): boolean => {
  if (!URL.canParse(text) || /[\s\\?#]/.test(text)) return false
  const url = new URL(text)
  if (url.protocol === 'sesame:') return /^sesame:\/\/[\w./-]*$/.test(text)
  return (
    url.protocol === 'http:' && loopbackHosts.includes(url.hostname) && url.port !== '' && url.username === ''
  )
}

/** The address of a login page: a bare host name, which is what the console shows, stands for https. */
export const loginAddress = (text: string): string =>
  (/^https?:\/\//i.test(text) ? text : `https://${text}`).replace(/\/+$/, '')

export const isLoginDomain = (text: string): boolean => isSafeEndpoint(loginAddress(text))

/** Where a browser may end after signing out: one of our callbacks, or a page of the app's. */
export const isLogoutUrl = (text: string): boolean => isSafeEndpoint(text) || isCallbackUrl(text)
