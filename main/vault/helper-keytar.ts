// Owns keytar in a helper process: one helper at a time, started when it is first needed and again after it ended. Knows nothing of
// what a failed call means.
import type { HelperCall, HelperProcess, HelperReply, HelperValue, StartHelper } from './keychain-protocol.ts'
import type { Keytar } from './keytar.ts'

interface Helper {
  readonly process: Promise<HelperProcess>
  readonly waiting: Map<number, PromiseWithResolvers<HelperValue>>
}

type HelperKeytar = Required<Keytar>

/** keytar as a helper process runs it. Every call rejects when the helper ends before it has answered. */
export const createHelperKeytar = (start: StartHelper): HelperKeytar => {
  let current: Helper | undefined
  let calls = 0

  const ended = (helper: Helper): void => {
    if (current === helper) current = undefined
    for (const { reject } of helper.waiting.values()) reject(new Error('The keychain helper ended'))
    helper.waiting.clear()
  }

  const open = (): Helper => {
    const waiting: Helper['waiting'] = new Map()
    const onReply = (reply: HelperReply): void => {
      const call = waiting.get(reply.id)
      waiting.delete(reply.id)
      if ('error' in reply) call?.reject(new Error(reply.error))
      else call?.resolve(reply.value)
    }
    const helper: Helper = {
      // In a turn of its own, so that a start that throws is a call that rejects.
      process: Promise.resolve().then(() => start(onReply, () => ended(helper))),
      waiting,
    }
    helper.process.catch(() => ended(helper))
    return helper
  }

  const ask = async (request: HelperCall): Promise<HelperValue> => {
    current ??= open()
    const { process, waiting } = current
    calls += 1
    const id = calls
    const call = Promise.withResolvers<HelperValue>()
    waiting.set(id, call)
    process.then(
      (running) => running.send({ id, ...request }),
      () => undefined,
    )
    return call.promise
  }

  const getAll: HelperKeytar['getPasswords'] = async (service, accounts) => {
    const values = await ask({ method: 'getPasswords', service, accounts })
    return Array.isArray(values) ? values : accounts.map(() => null)
  }
  const store: HelperKeytar['storePassword'] = async (service, account, password) => {
    const value = await ask({ method: 'storePassword', service, account, password })
    return typeof value === 'string' ? value : null
  }

  return {
    getPasswords: getAll,
    storePassword: store,
    getPassword: async (service, account) => (await getAll(service, [account]))[0] ?? null,
    setPassword: async (service, account, password) => void (await store(service, account, password)),
    deletePassword: async (service, account) =>
      (await ask({ method: 'deletePassword', service, account })) === true,
    restart() {
      const helper = current
      if (helper === undefined) return
      ended(helper)
      helper.process.then(
        (running) => running.end(),
        () => undefined,
      )
    },
  }
}
