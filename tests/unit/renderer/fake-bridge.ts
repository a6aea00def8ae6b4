// Owns a stand-in for main in the renderer's tests: answers requests from a table, remembers them, pushes events.
import { type Failure, ok, type Result, failure as tableFailure } from '../../../main/failure.ts'
import { type EventName, eventNames, type RequestName, requestNames } from '../../../preload/channels.ts'
import type { EventPayload, RequestArgs, RequestValue, SesameBridge } from '../../../preload/contract.ts'
import type { AppView } from '../../../preload/views.ts'
import { sampleAppView } from './samples.ts'

type Answerer<N extends RequestName> = (
  ...args: RequestArgs<N>
) => Result<RequestValue<N>> | Promise<Result<RequestValue<N>>>

export interface Call {
  readonly name: RequestName
  readonly args: readonly unknown[]
}

export interface FakeBridge extends SesameBridge {
  /** Every request so far, in order. */
  readonly calls: readonly Call[]
  /** The arguments of the requests of one name. */
  callsOf<N extends RequestName>(name: N): RequestArgs<N>[]
  /** Sets what a request answers with: a value, or a function that makes the result. */
  answers<N extends RequestName>(name: N, value: RequestValue<N>): void
  handles<N extends RequestName>(name: N, answerer: Answerer<N>): void
  /** Makes a request fail. */
  refuses(name: RequestName, code: Failure['code'], particulars?: Partial<Failure>): void
  /** Leaves a request unanswered until the returned function is called with its result. */
  holds<N extends RequestName>(name: N): (result: Result<RequestValue<N>>) => void
  /** Pushes an event, as main would. Wrap in `act` where components are mounted. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
  /** Puts it at `window.sesame`. */
  install(): FakeBridge
}

interface RequestSlot<N extends RequestName> {
  answerer: Answerer<N> | undefined
  readonly calls: RequestArgs<N>[]
}
type RequestSlots = { [N in RequestName]: RequestSlot<N> }
type EventSlots = { [N in EventName]: Set<(payload: EventPayload<N>) => void> }

/** A bridge whose `app.load` answers with the mockup's world, changed as given; all else fails until it is set. */
export const fakeBridge = (view: Partial<AppView> = {}): FakeBridge => {
  const calls: Call[] = []
  // `fromEntries` forgets which value belongs to which name; each slot starts empty, so any of them is right.
  // oxlint-disable typescript/no-unsafe-type-assertion -- see above
  const requests = Object.fromEntries(
    requestNames.map((name) => [name, { answerer: undefined, calls: [] }]),
  ) as unknown as RequestSlots
  const events = Object.fromEntries(eventNames.map((name) => [name, new Set()])) as unknown as EventSlots
  // oxlint-enable typescript/no-unsafe-type-assertion

  const slot = <N extends RequestName>(name: N): RequestSlot<N> => requests[name]
  const listeners = <N extends EventName>(name: N): Set<(payload: EventPayload<N>) => void> => events[name]

  const bridge: FakeBridge = {
    calls,
    request: async (name, ...args) => {
      calls.push({ name, args })
      const { answerer, calls: own } = slot(name)
      own.push(args)
      return answerer === undefined
        ? { ok: false, failure: tableFailure('internal.bug', { detail: `no answer set for ${name}` }) }
        : answerer(...args)
    },
    on: (name, listener) => {
      listeners(name).add(listener)
      return () => {
        listeners(name).delete(listener)
      }
    },
    callsOf: (name) => slot(name).calls,
    answers: (name, value) => bridge.handles(name, () => ok(value)),
    handles: (name, answerer) => {
      slot(name).answerer = answerer
    },
    refuses: (name, code, particulars) =>
      bridge.handles(name, () => ({ ok: false, failure: tableFailure(code, particulars) })),
    holds: <N extends RequestName>(name: N) => {
      const { promise, resolve } = Promise.withResolvers<Result<RequestValue<N>>>()
      bridge.handles(name, () => promise)
      return resolve
    },
    emit: (name, payload) => {
      for (const listener of listeners(name)) listener(payload)
    },
    install: () => {
      Object.defineProperty(window, 'sesame', { value: bridge, configurable: true })
      return bridge
    },
  }
  bridge.answers('app.load', sampleAppView(view))
  return bridge
}
