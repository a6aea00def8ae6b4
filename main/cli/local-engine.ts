// Owns the engine in the command's own process, for when the app is not running: same profiles, same keychain, no window, no
// clipboard, nothing refreshed that was not asked for.
import { join } from 'node:path'
import { createRouter } from '../agent/router.ts'
import { createEngine } from '../engine.ts'
import { createFileSink } from '../logging/file-sink.ts'
import { createLog } from '../logging/log.ts'
import { leaveByProxy, proxyFromEnvironment } from '../proxy.ts'
import { systemClock } from '../sessions/system-clock.ts'
import type { LocalEngine } from './connect.ts'
import { ownConfigDir } from './where.ts'

export interface LocalEngineOptions {
  readonly configDir: string
  readonly version: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Tells a person what was wrong with the profiles file. */
  readonly onNotice: (text: string) => void
}

export const openLocalEngine = async ({
  configDir,
  version,
  env,
  onNotice,
}: LocalEngineOptions): Promise<LocalEngine> => {
  const logFile = createFileSink({ folder: join(configDir, 'logs', 'cli') })
  const log = createLog(logFile, () => Date.now())
  await leaveByProxy(proxyFromEnvironment(env))
  const engine = createEngine({
    configDir,
    defaultConfigDir: ownConfigDir(),
    vault: env['SESAME_VAULT'] === 'memory' ? 'memory' : 'keychain',
    clipboard: { readText: async () => '', writeText: async () => undefined },
    log,
  })
  await engine.open()
  for (const { failure } of engine.notices.list()) onNotice(`${failure.message} ${failure.remedy}`)
  // Node would wait for a call that hangs in the keychain, for ever on a forgotten prompt.
  process.once('exit', () => {
    if (engine.isStuck()) process.kill(process.pid, 'SIGKILL')
  })
  const router = createRouter({ ...engine, version, platform: process.platform }, systemClock, (error) =>
    log.error('bug', { error }),
  )
  return {
    router,
    async close() {
      await engine.close()
      await logFile.flush()
    },
  }
}
