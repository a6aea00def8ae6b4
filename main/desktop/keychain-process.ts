// Owns the process that calls the keychain: Electron's utility process, because a forked Node would need a fuse that is off.
import { utilityProcess } from 'electron'
import { isReply, type StartHelper } from '../vault/keychain-protocol.ts'

/** Starts the helper from this script, once Electron is ready. */
export const startKeychainProcess =
  (script: string, ready: Promise<unknown>): StartHelper =>
  async (onReply, onEnd) => {
    await ready
    const child = utilityProcess.fork(script, [], { serviceName: 'Sesame Keychain', stdio: 'ignore' })
    child.on('message', (message: unknown) => {
      if (isReply(message)) onReply(message)
    })
    child.once('exit', onEnd)
    return {
      send: (request) => child.postMessage(request),
      end: () => void child.kill(),
    }
  }
