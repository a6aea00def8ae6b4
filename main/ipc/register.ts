// Owns the one way a request gets to its handler and back: sender, arguments, handler, result, each checked in that order.
import type { z } from 'zod'
import { type RequestName, requestNames } from '../../preload/channels.ts'
import { type RequestArgs, type RequestValue, requests } from '../../preload/contract.ts'
import { failureSchema } from '../../preload/views.ts'
import { fail, ok, type Result } from '../failure.ts'
import type { Log } from '../logging/log.ts'
import type { Handler, Handlers } from './handler.ts'
import type { IpcMainPort } from './port.ts'
import { judgeSender } from './sender.ts'

export interface RegisterOptions {
  readonly ipcMain: IpcMainPort
  readonly handlers: Handlers
  /** Whether a webContents id belongs to a window of ours. */
  readonly isOurWindow: (senderId: number) => boolean
  readonly log: Log
}

/** Where in the value and which rule; never the value itself, which may be a secret. */
const describeIssues = (error: z.ZodError): string[] =>
  error.issues.slice(0, 5).map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`)

const invalidArguments = (error: z.ZodError): Result<never> => {
  const [first] = error.issues
  const field = first?.path.slice(1).map(String).join('.')
  return fail('input.invalid', { ...(field ? { field } : {}), detail: first?.message })
}

/** The contract, seen so that a name's arguments, value and handler belong together for the compiler. */
const contract: {
  readonly [N in RequestName]: {
    readonly args: z.ZodType<RequestArgs<N>>
    readonly result: z.ZodType<RequestValue<N>>
  }
} = requests

/**
 * Only what the contract names goes out: the parsed value is sent, so a field a handler added by mistake stays in main.
 * A value that does not fit is a bug of ours; `misfit` is told why, and nothing is answered.
 */
const checkResult = <T>(
  schema: z.ZodType<T>,
  result: Result<T>,
  misfit: (error: z.ZodError) => void,
): Result<T> | undefined => {
  if (result.ok) {
    const { data, error } = schema.safeParse(result.value)
    if (error === undefined) return ok(data)
    misfit(error)
  } else {
    const { data, error } = failureSchema.safeParse(result.failure)
    if (error === undefined) return { ok: false, failure: data }
    misfit(error)
  }
  return undefined
}

/**
 * Runs one request as it came in. Answers `request.refused` for a foreign sender, `input.invalid` for arguments that do not
 * fit, `internal.bug` for an exception or a result that does not fit, else what the handler answers.
 */
const answer = async <N extends RequestName>(
  name: N,
  handler: Handler<N>,
  args: readonly unknown[],
  log: Log,
): Promise<Result<RequestValue<N>>> => {
  const schema = contract[name]
  const parsed = schema.args.safeParse(args)
  if (!parsed.success) {
    log.warn('ipc.arguments-invalid', { request: name, issues: describeIssues(parsed.error) })
    return invalidArguments(parsed.error)
  }
  try {
    const checked = checkResult(schema.result, await handler(...parsed.data), (error) =>
      log.error('ipc.result-invalid', { request: name, issues: describeIssues(error) }),
    )
    if (checked) {
      if (!checked.ok) {
        const { code, requestId } = checked.failure
        log.info('request.failed', { request: name, code, requestId })
      }
      return checked
    }
  } catch (error) {
    log.error('ipc.handler-threw', { request: name, error })
  }
  return fail('internal.bug')
}

/** Registers one handler for each request of the contract. */
export const registerRequests = ({ ipcMain, handlers, isOurWindow, log }: RegisterOptions): void => {
  for (const name of requestNames) {
    ipcMain.handle(name, async (event, ...args) => {
      const verdict = judgeSender(event, isOurWindow)
      if (verdict === 'trusted') return answer(name, handlers[name], args, log)
      log.warn('ipc.refused', { request: name, verdict })
      return fail('request.refused')
    })
  }
}
