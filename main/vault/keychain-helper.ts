// Runs in a process of its own and calls keytar for the main process, so that a call that hangs, a connection that is dead or a
// crash in native code costs that process and not Sesame. Bundled as an entry of its own; knows nothing of what it stores.

import type { HelperReply, HelperRequest } from './keychain-protocol.ts'
import { loadKeytar } from './keytar.ts'

/** Electron's side of a utility process; its types are not those of plain Node. */
interface ElectronPort {
  on(event: 'message', listener: (event: { readonly data: HelperRequest }) => void): void
  postMessage(reply: HelperReply): void
}

const isElectronPort = (port: unknown): port is ElectronPort =>
  typeof port === 'object' && port !== null && 'postMessage' in port

const answer = async ({ id, method, args }: HelperRequest): Promise<HelperReply> => {
  try {
    const keytar = await loadKeytar()
    const [service, account, password] = args
    switch (method) {
      case 'getPassword':
        return { id, value: await keytar.getPassword(service, account) }
      case 'setPassword':
        await keytar.setPassword(service, account, password ?? '')
        return { id, value: null }
      case 'deletePassword':
        return { id, value: await keytar.deletePassword(service, account) }
      default:
        return method satisfies never
    }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

const serve = (
  listen: (listener: (request: HelperRequest) => void) => void,
  reply: (reply: HelperReply) => void,
): void => listen((request) => void answer(request).then(reply))

const port: unknown = Reflect.get(process, 'parentPort')
if (isElectronPort(port)) {
  serve(
    (listener) => port.on('message', ({ data }) => listener(data)),
    (reply) => port.postMessage(reply),
  )
} else {
  serve(
    (listener) => process.on('message', listener),
    (reply) => process.send?.(reply),
  )
  // By a signal: an exit would wait for a call that hangs in the keychain.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
}
