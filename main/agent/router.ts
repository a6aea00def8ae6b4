// Owns which request goes where: one table of routes, asked over the socket by other programs and in process by the command when
// the app is not running. Knows no socket.
import { type Failure, type FailureCode, fail, failure, type Result } from '../failure.ts'
import type { Clock } from '../sessions/ports.ts'
import type { AgentRequest } from './ask-socket.ts'
import { findProfile } from './find-profile.ts'
import { credentialRoutes } from './routes/credentials.ts'
import { profileRoutes } from './routes/profiles.ts'
import { sessionRoutes } from './routes/session.ts'
import { signInRoutes } from './routes/sign-in.ts'
import type { Route, Services } from './services.ts'
import { withCommand } from './terminal-remedy.ts'

export interface AgentReply {
  /** HTTP's. */
  readonly status: number
  /** What a person or program reads, or `{ error }` with a failure of the table. */
  readonly body: unknown
}

/** `gone`: aborted when nobody waits for the answer any more. */
export type Router = (request: AgentRequest, gone?: AbortSignal) => Promise<AgentReply>

const statuses: Partial<Record<FailureCode, number>> = {
  'internal.bug': 500,
  'agent.bad-request': 400,
  'input.invalid': 400,
  'request.refused': 403,
  'profile.not-available': 403,
  'profile.unknown-name': 404,
  'profile.ambiguous-name': 409,
  'session.superseded': 409,
  'session.none': 401,
}

/** The HTTP status of a failure: its own, 401 for a session that is over, 503 for what passes, 502 for what AWS refused. */
export const statusOf = ({ code }: Failure): number => {
  const own = statuses[code]
  if (own !== undefined) return own
  if (code.startsWith('session.')) return 401
  if (/^(?:network|service|vault)\./.test(code)) return 503
  return 502
}

interface CompiledRoute {
  readonly method: string
  readonly pattern: RegExp
  readonly route: Route
}

const compile = ([key, route]: [string, Route]): CompiledRoute => {
  const [method = '', path = ''] = key.split(' ')
  return { method, pattern: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`), route }
}

const decoded = (parts: readonly string[]): string[] | undefined => {
  try {
    return parts.map(decodeURIComponent)
  } catch {
    return undefined // a broken percent escape
  }
}

/** Makes the router. `reportBug` gets what should never have been thrown; who asked gets `internal.bug`. */
export const createRouter = (
  services: Services,
  clock: Pick<Clock, 'now'>,
  reportBug: (error: unknown) => void,
): Router => {
  const routes = Object.entries({
    ...profileRoutes(services),
    ...signInRoutes(services),
    ...sessionRoutes(services),
    ...credentialRoutes(services, clock),
  }).map(compile)

  /** Who asks about a profile sits in a terminal, or runs a tool for somebody who does. */
  const inTerminal = (
    result: Result<unknown>,
    path: string,
    [name = '']: readonly string[],
  ): Result<unknown> => {
    if (result.ok || !path.startsWith('/v1/profiles/')) return result
    const found = findProfile(services.profiles.list(), name)
    return found.ok ? { ok: false, failure: withCommand(result.failure, found.value.name) } : result
  }

  const reply = (result: Result<unknown>): AgentReply =>
    result.ok
      ? { status: 200, body: result.value }
      : { status: statusOf(result.failure), body: { error: result.failure } }

  return async ({ method, path, body }, gone) => {
    const [pathname = '', search = ''] = path.split('?', 2)
    const here = routes.filter(({ pattern }) => pattern.test(pathname))
    const match = here.find((candidate) => candidate.method === method)
    const params = match && decoded(match.pattern.exec(pathname)?.slice(1) ?? [])
    if (match === undefined || params === undefined) {
      const refused = fail('agent.bad-request')
      return { ...reply(refused), status: match === undefined ? (here.length > 0 ? 405 : 404) : 400 }
    }
    try {
      const result = await match.route({ params, query: new URLSearchParams(search), body, gone })
      return reply(inTerminal(result, pathname, params))
    } catch (error) {
      reportBug(error)
      return { status: 500, body: { error: failure('internal.bug') } }
    }
  }
}
