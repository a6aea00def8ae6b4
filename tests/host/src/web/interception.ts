/**
 * Every document and every request to a handled scheme stops here, for the whole browser: navigation is put to the
 * app, the scheme's handler answers the request.
 */
import type { Protocol } from 'playwright-core/types/protocol'
import type { Browser } from '../chromium/browser.ts'
import {
  handledSchemes,
  handlerOf,
  onSchemesChanged,
  policyToShown,
  shownSuffix,
  toReal,
} from './app-scheme.ts'

type Paused = Protocol.Fetch.requestPausedPayload

/** Decides on a document's request; `url` is the app's own. */
export type NavigationGuard = (request: {
  readonly frameId: string
  readonly url: string
  /** The same identifier as in the page's own navigation events. */
  readonly loaderId: string | undefined
  readonly isRedirect: boolean
}) => boolean

/** An empty document of the right origin: what an app-like window opens with before it is ours. */
export const BLANK_PATH = '/.stand-in/blank'

export async function intercept(browser: Browser, mayNavigate: NavigationGuard): Promise<void> {
  const { root } = browser
  const enable = async (): Promise<void> => {
    const schemes = handledSchemes().map((scheme) => ({ urlPattern: `https://*${shownSuffix(scheme)}/*` }))
    await root.send('Fetch.enable', { patterns: [...schemes, { urlPattern: '*', resourceType: 'Document' }] })
  }
  root.on('Fetch.requestPaused', (paused) => {
    void decide(paused, mayNavigate)
      .then((outcome) => send(browser, paused.requestId, outcome))
      .catch((error: unknown) => {
        // A page that went away takes its requests with it.
        if (!browser.isClosed && !/Invalid InterceptionId|closed/.test(String(error)))
          console.error('stand-in:', error)
      })
  })
  onSchemesChanged(() => {
    enable().catch((error: unknown) => console.error('stand-in:', error))
  })
  await enable()
}

type Outcome =
  | { readonly kind: 'continue' }
  | { readonly kind: 'fail'; readonly reason: Protocol.Network.ErrorReason }
  | { readonly kind: 'fulfill'; readonly response: Response }

async function decide(paused: Paused, mayNavigate: NavigationGuard): Promise<Outcome> {
  const { request, resourceType, frameId, networkId: loaderId } = paused
  const url = toReal(request.url)
  const { pathname } = new URL(url)
  if (resourceType === 'Document') {
    if (pathname.startsWith(BLANK_PATH)) {
      return { kind: 'fulfill', response: new Response('', { headers: { 'content-type': 'text/html' } }) }
    }
    const isRedirect = paused.redirectedRequestId !== undefined
    if (!mayNavigate({ frameId, url, loaderId, isRedirect })) return { kind: 'fail', reason: 'Aborted' }
  }
  if (url === request.url) return { kind: 'continue' }
  // A browser asks for it by itself, Electron does not.
  if (resourceType === 'Other' && pathname === '/favicon.ico') return { kind: 'fail', reason: 'Aborted' }
  return await askHandler(request, url)
}

async function askHandler(request: Protocol.Network.Request, url: string): Promise<Outcome> {
  const handler = handlerOf(url)
  if (handler === undefined) return { kind: 'continue' }
  try {
    const response: unknown = await handler(toRequest(request, url))
    if (!(response instanceof Response)) throw new Error('a protocol handler must answer with a Response')
    return response.type === 'error' ? { kind: 'fail', reason: 'Failed' } : { kind: 'fulfill', response }
  } catch (error) {
    console.error('Error in protocol handler:', error)
    return { kind: 'fail', reason: 'Failed' }
  }
}

function toRequest(
  { method, headers, postDataEntries = [], hasPostData }: Protocol.Network.Request,
  url: string,
): Request {
  if (!hasPostData) return new Request(url, { method, headers })
  const body = Buffer.concat(postDataEntries.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')))
  return new Request(url, { method, headers, body })
}

async function send({ root }: Browser, requestId: string, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'continue':
      await root.send('Fetch.continueRequest', { requestId })
      return
    case 'fail':
      await root.send('Fetch.failRequest', { requestId, errorReason: outcome.reason })
      return
    case 'fulfill': {
      const { response } = outcome
      const responseHeaders = Array.from(response.headers, ([name, value]) => ({
        name,
        value: name.startsWith('content-security-policy') ? policyToShown(value) : value,
      }))
      const body = Buffer.from(await response.arrayBuffer()).toString('base64')
      await root.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders,
        body,
      })
    }
  }
}
