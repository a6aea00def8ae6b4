/**
 * Copies values between the page's world and the preload's over synchronous DOM events; contextBridge stands on it.
 * `CustomEvent.detail` is structured-cloned by Blink when another world reads it. Functions and promises travel as
 * numbers. Knows nothing of Electron's APIs.
 */
import { type Packed, Packer, unpack } from './packing.ts'

type Message =
  | { readonly type: 'call'; readonly callee: number; readonly args: Packed }
  | { readonly type: 'return'; readonly isOk: boolean; readonly value: Packed }
  | { readonly type: 'settle'; readonly promise: number; readonly isOk: boolean; readonly value: Packed }
  | { readonly type: 'expose'; readonly key: string; readonly value: Packed }
type Return = Extract<Message, { type: 'return' }>

interface Settlers {
  resolve(value: unknown): void
  reject(error: unknown): void
}

export interface Bridge {
  /** @throws Error for what cannot be copied, in Electron's words */
  expose(key: string, value: unknown): void
  onExpose(listener: (key: string, value: unknown) => void): void
}

/** Electron's words for a thrown value that has no message. */
const UNKNOWN_EXCEPTION =
  'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.'

/**
 * One end of the bridge; each world builds one, with the names exchanged. To be called before any script of the page
 * can replace what it uses.
 */
export function createBridge(inName: string, outName: string): Bridge {
  const { CustomEvent } = globalThis
  const dispatch = globalThis.dispatchEvent.bind(globalThis)
  const waiting = new Map<number, Settlers>()
  const exposed: ((key: string, value: unknown) => void)[] = []
  let answer: Return | undefined

  const post = (message: Message): void => {
    dispatch(new CustomEvent(outName, { detail: message }))
  }

  const packer = new Packer((promise, isOk, value) => {
    try {
      post({ type: 'settle', promise, isOk, value: packer.pack(value) })
    } catch (error) {
      post({ type: 'settle', promise, isOk: false, value: packer.pack(error) })
    }
  })

  const read = (packed: Packed): unknown =>
    unpack(packed, {
      callRemote: (callee, args) => {
        answer = undefined
        post({ type: 'call', callee, args: packer.pack(args) })
        // dispatchEvent is synchronous: the other world has answered by now.
        const got: Return | undefined = takeAnswer()
        if (got === undefined) throw new Error('context bridge: the other world is gone')
        const value = read(got.value)
        if (!got.isOk) throw toError(value)
        return value
      },
      awaitRemote: (promise) =>
        new Promise((resolve, reject) => {
          waiting.set(promise, { resolve, reject })
        }),
    })

  function takeAnswer(): Return | undefined {
    const taken = answer
    answer = undefined
    return taken
  }

  function answerCall(callee: number, args: Packed): Return {
    try {
      return { type: 'return', isOk: true, value: packer.pack(packer.call(callee, read(args))) }
    } catch (error) {
      const message = error instanceof Error ? error.message : UNKNOWN_EXCEPTION
      return { type: 'return', isOk: false, value: ['error', message] }
    }
  }

  globalThis.addEventListener(inName, (event) => {
    if (!(event instanceof CustomEvent)) return
    const message: Message = event.detail
    switch (message.type) {
      case 'call':
        post(answerCall(message.callee, message.args))
        return
      case 'return':
        answer = message
        return
      case 'settle': {
        const settlers = waiting.get(message.promise)
        waiting.delete(message.promise)
        if (message.isOk) settlers?.resolve(read(message.value))
        else settlers?.reject(read(message.value))
        return
      }
      case 'expose':
        for (const listener of exposed) listener(message.key, read(message.value))
    }
  })

  return {
    expose: (key, value) => post({ type: 'expose', key, value: packer.pack(value) }),
    onExpose: (listener) => {
      exposed.push(listener)
    },
  }
}

const toError = (value: unknown): Error => (value instanceof Error ? value : new Error(UNKNOWN_EXCEPTION))
