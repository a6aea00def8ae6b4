/**
 * One instance per user-data folder, across processes: the kernel holds the lock and frees it when its process dies,
 * however it dies. Knows nothing of messages; see instance-mailbox.ts.
 */
import { createHash } from 'node:crypto'
import { closeSync, constants, openSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface InstanceLock {
  release(): void
}

/** @param folder an existing folder. Answers undefined when another process holds its lock. */
export function claimFolder(folder: string): InstanceLock | undefined {
  return process.platform === 'darwin' ? lockFile(join(folder, 'stand-in.lock')) : bindName(folder)
}

/** Linux: a name in the abstract socket namespace, without a file. Windows: a named pipe. */
function bindName(folder: string): InstanceLock | undefined {
  const owner = process.getuid?.() ?? ''
  const digest = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)
  const name = `sesame-stand-in-${owner}-${digest}`
  const server = createServer((socket) => socket.destroy())
  // A name that is taken shows in `listening` below.
  server.on('error', () => {})
  server.listen(process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`)
  // Electron's call is synchronous. So is binding a local name, and `listening` tells how it went.
  if (!server.listening) return undefined
  server.unref()
  return { release: () => void server.close() }
}

/** macOS has no abstract names, but opens a file and locks it in one call. */
function lockFile(file: string): InstanceLock | undefined {
  const O_EXLOCK = 0x20 // <sys/fcntl.h>; Node has no name for it
  try {
    const descriptor = openSync(
      file,
      constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK,
      0o600,
    )
    return { release: () => closeSync(descriptor) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined
    throw error
  }
}
