/**
 * `protocol`, and the translation it needs: Chromium refuses to navigate to a scheme it was not compiled to know, so
 * app://host/path is shown to it as https://host.app.invalid/path. Everything the app sees is translated back.
 */

import { life } from '../app/state.ts'
import { loud, NotCovered } from '../loud.ts'

type Handler = Parameters<Electron.Protocol['handle']>[1]

const privileges = new Map<string, Electron.Privileges>()
const handlers = new Map<string, Handler>()
const listeners = new Set<() => void>()

/** Calls back whenever a scheme gets or loses its handler. */
export function onSchemesChanged(listener: () => void): void {
  listeners.add(listener)
}

export const handledSchemes = (): string[] => [...handlers.keys()]

export const handlerOf = (url: string): Handler | undefined =>
  handlers.get(new URL(url).protocol.slice(0, -1))

export const protocol = loud('protocol', {
  registerSchemesAsPrivileged(schemes) {
    if (life.isReady)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges: given = {} } of schemes) privileges.set(scheme, given)
  },
  handle(scheme, handler) {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    const given = privileges.get(scheme)
    // The https address that Chromium sees is standard and secure: a scheme that is neither would behave otherwise.
    if (!given?.standard || !given.secure)
      throw new NotCovered(`a scheme that is not standard and secure (${scheme})`)
    handlers.set(scheme, handler)
    for (const listener of listeners) listener()
  },
  unhandle(scheme) {
    handlers.delete(scheme)
    for (const listener of listeners) listener()
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Partial<Electron.Protocol>)

/** What Chromium is shown of a scheme: the end of its host name. */
export const shownSuffix = (scheme: string): string => `.${scheme}.invalid`

/** app://host/path → https://host.app.invalid/path, for a scheme that has a handler. */
export function toShown(url: string): string {
  const [, scheme = '', host = '', path = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  if (!handlers.has(scheme.toLowerCase())) return url
  return `https://${host}${shownSuffix(scheme.toLowerCase())}${path === '' ? '/' : path}`
}

/** https://host.app.invalid/path → app://host/path. */
export function toReal(url: string): string {
  return url.replace(
    /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.invalid(?=[/?#]|$)/i,
    (shown: string, host: string, scheme: string) => (handlers.has(scheme) ? `${scheme}://${host}` : shown),
  )
}

/** A content security policy that names a handled scheme must name what Chromium is shown of it. */
export function policyToShown(policy: string): string {
  return policy.replace(
    /(^|[\s;])([a-z][a-z0-9+-]*):(?=[\s;]|$)/g,
    (source: string, before: string, scheme: string) =>
      handlers.has(scheme) ? `${before}https://*${shownSuffix(scheme)}` : source,
  )
}

/** `scheme://host` of a URL, or `null` as text where it has none, as in a frame's `origin`. */
export function originOf(url: string): string {
  return /^\w[\w+.-]*:\/\/[^/?#]*/.exec(url)?.[0] ?? 'null'
}
