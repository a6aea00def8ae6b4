// Owns what the SDK's clients do with each request beside sending it: they say who asks and measure the server's clock, and nothing
// that Sesame has no use for. Refuses to know what is asked.
import type { MiddlewareStack } from '@smithy/types'
import type { Clock } from '../sessions/ports.ts'
import { clockStep, measureClock } from './exchange.ts'

/** What the service's own logs show. Nothing of this machine: the SDK's tells its system, kernel and Node. */
const userAgent = 'Sesame'

/**
 * The first makes a censored copy of every request and answer for a logger that is not there, the second looks for a Lambda around
 * it, the third puts the user agent together anew each time: a fifth of what a request costs the SDK.
 */
const useless = ['loggerMiddleware', 'recursionDetectionMiddleware', 'getUserAgentMiddleware']

const hasHeaders = (request: unknown): request is { readonly headers: Record<string, string> } =>
  typeof request === 'object' && request !== null && 'headers' in request

const sayWhoAsks =
  <Args extends { request: unknown }, Built>(next: (args: Args) => Promise<Built>) =>
  (args: Args): Promise<Built> => {
    if (hasHeaders(args.request)) args.request.headers['user-agent'] = userAgent
    return next(args)
  }

/** Every client's stack goes through this before its first request. */
export const prepareStack = <Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  clock: Clock,
): void => {
  for (const name of useless) stack.remove(name)
  stack.add(sayWhoAsks, { step: 'build', name: 'sayWhoAsks' })
  stack.add(measureClock(clock), clockStep)
}
