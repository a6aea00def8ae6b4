// Owns who answers a command: the running app over its socket, or the same engine and the same routes in this process.

import { errorSchema } from '../agent/answers.ts'
import { type AgentRequest, askSocket } from '../agent/ask-socket.ts'
import { locateAgent } from '../agent/locate.ts'
import { folderState } from '../agent/own-folder.ts'
import type { AgentReply, Router } from '../agent/router.ts'
import { fail, ok, type Result } from '../failure.ts'
import type { Ask } from './world.ts'

/** An engine in this process, opened. */
export interface LocalEngine {
  readonly router: Router
  close(): Promise<void>
}

export interface Connection {
  readonly ask: Ask
  readonly source: () => Promise<'app' | 'here'>
  readonly release: () => Promise<void>
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const otherVersion = (): Result<never> =>
  fail('agent.unreachable', {
    message: 'The Sesame app is running but its answer makes no sense to this command.',
    remedy: 'Update the app and this command to the same version, then restart the app.',
  })

/** Asks the app; undefined where none runs. */
const askApp = async (configDir: string, request: AgentRequest): Promise<Result<AgentReply> | undefined> => {
  const address = locateAgent(configDir)
  if (address.kind === 'socket') {
    const state = folderState(address.folder)
    if (state === 'absent') return undefined
    if (state === 'foreign') return fail('agent.unsafe-folder', { detail: address.folder })
  }
  const answer = await askSocket(address.path, request)
  if (answer.kind === 'absent') return undefined
  if (answer.kind === 'broken') return fail('agent.unreachable', { detail: answer.reason })
  return ok({ status: answer.status, body: parseJson(answer.text) })
}

/**
 * Connects by the first question. Whoever answered that one answers all: a sign-in begun in the app goes on there.
 * @param openEngine called once, where no app runs
 */
export const createConnection = (configDir: string, openEngine: () => Promise<LocalEngine>): Connection => {
  let engine: Promise<LocalEngine> | undefined
  let isApp = false

  const replyTo = async (request: AgentRequest): Promise<Result<AgentReply>> => {
    if (engine === undefined) {
      const reply = await askApp(configDir, request)
      if (reply !== undefined) {
        isApp = true
        return reply
      }
      if (isApp) return fail('agent.unreachable', { detail: 'the app was closed meanwhile' })
    }
    engine ??= openEngine()
    return ok(await (await engine).router(request))
  }

  return {
    async ask(schema, request) {
      const reply = await replyTo(request)
      if (!reply.ok) return reply
      const { status, body } = reply.value
      if (status === 200) {
        const answer = schema.safeParse(body)
        return answer.success ? ok(answer.data) : otherVersion()
      }
      const refused = errorSchema.safeParse(body)
      return refused.success ? { ok: false, failure: refused.data.error } : otherVersion()
    },
    async source() {
      if (engine !== undefined) return 'here'
      if (isApp) return 'app'
      const reply = await askApp(configDir, { method: 'GET', path: '/v1/status' })
      return reply === undefined ? 'here' : 'app'
    },
    async release() {
      const open = await engine
      engine = undefined
      await open?.close()
    },
  }
}
