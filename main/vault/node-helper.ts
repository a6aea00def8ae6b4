// Owns starting the keychain helper where there is no Electron: a forked Node.
import { fork } from 'node:child_process'
import { isReply, type StartHelper } from './keychain-protocol.ts'

/** Starts the helper from this script. It ends with this process, and never keeps it alive. */
export const startNodeHelper =
  (script: string): StartHelper =>
  (onReply, onEnd) => {
    const child = fork(script, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
    child.on('message', (message: unknown) => {
      if (isReply(message)) onReply(message)
    })
    child.once('error', onEnd)
    child.once('exit', onEnd)
    child.unref()
    child.channel?.unref()
    return {
      send(request) {
        // What cannot be sent is answered by the end of the process.
        if (child.connected) child.send(request, () => undefined)
      },
      end: () => void child.kill('SIGKILL'),
    }
  }
