// Owns the agent's place in the file system: a folder of mode 700, a socket of mode 600 in it, a dead one replaced, a live one never.
import { chmod, mkdir, rm, rmdir } from 'node:fs/promises'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { fail, ok, type Result } from '../failure.ts'
import type { AgentAddress } from './address.ts'
import { folderState } from './own-folder.ts'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whether somebody accepts connections there; a socket without a listener is what a crash leaves behind. */
const isAlive = (path: string): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(path)
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

const bind = (server: Server, path: string): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(path, () => {
    server.off('error', reject)
    resolve()
  })
  return promise
}

const prepareFolder = async (folder: string): Promise<Result<void>> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folderState(folder) === 'own' ? ok(undefined) : fail('agent.unsafe-folder', { detail: folder })
}

/**
 * Starts listening. Codes: agent.taken (somebody else listens there), agent.unsafe-folder.
 * @returns how to stop: no new connection, those at hand are cut, socket and folder are gone
 */
export const listenAt = async (
  server: Server,
  address: AgentAddress,
): Promise<Result<() => Promise<void>>> => {
  const { path } = address
  try {
    if (address.kind === 'socket') {
      const prepared = await prepareFolder(address.folder)
      if (!prepared.ok) return prepared
      if (await isAlive(path)) return fail('agent.taken', { detail: path })
      await rm(path, { force: true })
    }
    await bind(server, path)
    if (address.kind === 'socket') await chmod(path, 0o600)
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    return fail(isTaken ? 'agent.taken' : 'agent.unsafe-folder', { detail: messageOf(error) })
  }
  return ok(async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    server.close(() => resolve())
    server.closeAllConnections()
    await promise
    // The folder goes with its socket, unless there is something else in it.
    if (address.kind === 'socket') await rmdir(address.folder).catch(() => undefined)
  })
}
