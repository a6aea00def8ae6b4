// Owns finding a port that nobody listens on, for whoever has to name it before listening.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer()
  const { promise, resolve } = Promise.withResolvers<boolean>()
  probe.once('error', () => resolve(false))
  probe.listen(port, '127.0.0.1', () => resolve(true))
  const free = await promise
  const closed = Promise.withResolvers<void>()
  probe.close(() => closed.resolve())
  await closed.promise
  return free
}

/** A free port below those that the system hands out to connections by itself. Callback URLs have to name theirs beforehand. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + randomInt(12_000)
    if (await isFree(port)) return port
  }
}
