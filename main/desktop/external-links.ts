// Owns which addresses may be opened in the person's browser: https on hosts we know, and nothing that only looks like it.
import { isSafeEndpoint } from '../profiles/patterns.ts'

const hosts: ReadonlySet<string> = new Set([
  'docs.aws.amazon.com',
  'console.aws.amazon.com',
  'console.amazonaws.cn',
  'signin.aws.amazon.com',
])
/** Regional consoles, such as eu-west-1.console.aws.amazon.com. */
const hostEndings: readonly string[] = [
  '.console.aws.amazon.com',
  '.console.amazonaws.cn',
  '.console.amazonaws-us-gov.com',
  '.console.aws.eu',
]

/** The address as it may be given to `shell.openExternal`, or undefined when it must not be opened. */
export const externalAddress = (text: string): string | undefined => {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '')
    return undefined
  const known = hosts.has(url.hostname) || hostEndings.some((ending) => url.hostname.endsWith(ending))
  return known ? url.href : undefined
}

/**
 * A login page of the person's own user pool, for the system browser: https anywhere, http on this machine only (the demo). Its
 * domain comes from a profile, never from a page.
 */
export const loginAddress = (text: string): string | undefined => {
  const url = URL.parse(text)
  return url !== null && isSafeEndpoint(url.origin) && url.username === '' ? url.href : undefined
}
