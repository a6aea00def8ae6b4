// The engine of the app as a process of its own, beside commands that do not find an agent: prints the access token it has.

import { ownConfigDir } from '../../../main/cli/where.ts'
import { createEngine } from '../../../main/engine.ts'
import { silentLog } from '../../../main/logging/log.ts'

const [configDir = '', profileId = ''] = process.argv.slice(2)
// As the app's window does; the engine's own timers keep no process alive.
const alive = setInterval(() => undefined, 60_000)
const engine = createEngine({
  configDir,
  defaultConfigDir: ownConfigDir(),
  vault: 'keychain',
  clipboard: { readText: async () => '', writeText: async () => undefined },
  log: silentLog,
})
await engine.open()
await engine.sessions.start()
const session = await engine.sessions.fetchAuthSession(profileId)
process.stdout.write(session.ok ? session.value.tokens.accessToken.raw : session.failure.code)
await engine.close()
clearInterval(alive)
