// Owns starting the keychain helper where there is no Electron: a forked Node.
import { fork } from 'node:child_process'
import { isReply, type StartHelper } from './keychain-protocol.ts'

/** Starts the helper from this script. It ends with this process, and keeps it alive only while a call waits for its answer. */
export const startNodeHelper =
  (script: string): StartHelper =>
  (onReply, onEnd) => {
    const child = fork(script, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
    let waiting = 0
    const holdProcess = (isHeld: boolean): void => {
      if (isHeld) {
        child.ref()
        child.channel?.ref()
      } else {
        child.unref()
        child.channel?.unref()
      }
    }
    child.on('message', (message: unknown) => {
      if (!isReply(message)) return
      waiting -= 1
      holdProcess(waiting > 0)
      onReply(message)
    })
    child.once('error', onEnd)
    child.once('exit', onEnd)
    holdProcess(false)
    return {
      send(request) {
        // What cannot be sent is answered by the end of the process.
        if (!child.connected) return
        waiting += 1
        holdProcess(true)
        child.send(request, () => undefined)
      },
      end: () => void child.kill('SIGKILL'),
    }
  }
