// Owns the agent's life: it listens while the app runs, and what it answers comes from the app's own sessions.
import type { Result } from '../failure.ts'
import { ok } from '../failure.ts'
import type { Log } from '../logging/log.ts'
import { systemClock } from '../sessions/system-clock.ts'
import { listenAt } from './listen.ts'
import { locateAgent } from './locate.ts'
import { createRouter } from './router.ts'
import { createAgentServer } from './server.ts'
import type { Services } from './services.ts'

export interface AgentOptions extends Omit<Services, 'platform'> {
  /** Absolute path. */
  readonly configDir: string
  readonly log: Log
}

export interface Agent {
  /** The path of its socket or pipe. */
  readonly path: string
  close(): Promise<void>
}

/** Starts listening. Codes: agent.taken, agent.unsafe-folder; the app goes on without an agent then. */
export const startAgent = async ({ configDir, log, ...services }: AgentOptions): Promise<Result<Agent>> => {
  const address = locateAgent(configDir)
  const router = createRouter({ ...services, platform: process.platform }, systemClock, (error) =>
    log.error('bug', { error }),
  )
  const listening = await listenAt(createAgentServer(router), address)
  if (!listening.ok) {
    log.warn('agent.not-listening', { code: listening.failure.code, detail: listening.failure.detail })
    return listening
  }
  log.info('agent.listening', { path: address.path })
  return ok({ path: address.path, close: listening.value })
}
