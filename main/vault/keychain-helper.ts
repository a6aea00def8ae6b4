// Runs in a process of its own and calls keytar for the main process, so that a call that hangs, a connection that is dead or a
// crash in native code costs that process and not Sesame. Bundled as an entry of its own; knows nothing of what it stores.

import type { HelperReply, HelperRequest, HelperValue } from './keychain-protocol.ts'
import { getPasswords, loadKeytar, storePassword } from './keytar.ts'

/** Electron's side of a utility process; its types are not those of plain Node. */
interface ElectronPort {
  on(event: 'message', listener: (event: { readonly data: HelperRequest }) => void): void
  postMessage(reply: HelperReply): void
}

const isElectronPort = (port: unknown): port is ElectronPort =>
  typeof port === 'object' && port !== null && 'postMessage' in port

const call = async (request: HelperRequest): Promise<HelperValue> => {
  const keytar = await loadKeytar()
  const { service } = request
  switch (request.method) {
    case 'getPasswords':
      return getPasswords(keytar, service, request.accounts)
    case 'storePassword':
      return storePassword(keytar, service, request.account, request.password)
    case 'deletePassword':
      return keytar.deletePassword(service, request.account)
    default:
      return request satisfies never
  }
}

const answer = async (request: HelperRequest): Promise<HelperReply> => {
  const { id } = request
  try {
    return { id, value: await call(request) }
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
