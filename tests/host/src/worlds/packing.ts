/** The copy that contextBridge makes of a value: which kinds cross, which become proxies, which are refused. */

import { unreachable } from '../unreachable.ts'

export type Packed =
  | readonly ['value', unknown]
  | readonly ['function', id: number]
  | readonly ['promise', id: number]
  | readonly ['error', message: string]
  | readonly ['seen', index: number]
  | readonly ['array', index: number, items: readonly Packed[]]
  | readonly ['object', index: number, entries: readonly (readonly [string, Packed])[]]

type Callable = (...args: unknown[]) => unknown
const isCallable = (value: unknown): value is Callable => typeof value === 'function'

/** Electron's limit and its message. */
const MAX_DEPTH = 1000
const TOO_DEEP =
  'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.'

/** Built-in classes that the structured clone copies as themselves; other objects are copied member by member. */
const CLONEABLE =
  /^\[object (Date|RegExp|Map|Set|Error|ArrayBuffer|SharedArrayBuffer|DataView|Blob|File|ImageData|Boolean|Number|String|BigInt|.*Array)\]$/

function isCopiedByMember(value: object): boolean {
  const tag = Object.prototype.toString.call(value)
  return tag === '[object Object]' || (!CLONEABLE.test(tag) && Object.keys(value).length > 0)
}

/** Packs the values of one world and keeps the functions it gave numbers to. */
export class Packer {
  private readonly functions: Callable[] = []
  private readonly ids = new Map<Callable, number>()
  private readonly onSettled: (promise: number, isOk: boolean, value: unknown) => void
  private lastPromise = 0

  constructor(onSettled: (promise: number, isOk: boolean, value: unknown) => void) {
    this.onSettled = onSettled
  }

  /** @throws Error for what cannot be copied */
  pack(value: unknown): Packed {
    return this.walk(value, new Map(), 0)
  }

  /** Calls a function that an earlier {@link pack} numbered. */
  call(id: number, args: unknown): unknown {
    const callee = this.functions[id]
    if (callee === undefined || !Array.isArray(args)) throw new Error('context bridge: no such function')
    return callee(...args)
  }

  private walk(value: unknown, seen: Map<object, number>, depth: number): Packed {
    if (depth >= MAX_DEPTH) throw new TypeError(TOO_DEEP)
    if (typeof value === 'symbol') return ['value', undefined]
    if (isCallable(value)) return ['function', this.numberOf(value)]
    if (typeof value !== 'object' || value === null) return ['value', value]
    const known = seen.get(value)
    if (known !== undefined) return ['seen', known]
    if (value instanceof Promise) return ['promise', this.follow(value)]
    if (value instanceof Error) return ['error', value.message]
    if (Array.isArray(value)) {
      const index = remember(seen, value)
      return ['array', index, Array.from(value, (item: unknown) => this.walk(item, seen, depth + 1))]
    }
    if (isCopiedByMember(value)) {
      const index = remember(seen, value)
      const entries: [string, unknown][] = Object.entries(value)
      return ['object', index, entries.map(([key, item]) => [key, this.walk(item, seen, depth + 1)])]
    }
    try {
      return ['value', structuredClone(value)]
    } catch {
      throw new Error('An object could not be cloned.')
    }
  }

  private numberOf(callable: Callable): number {
    const known = this.ids.get(callable)
    if (known !== undefined) return known
    const id = this.functions.push(callable) - 1
    this.ids.set(callable, id)
    return id
  }

  private follow(promise: Promise<unknown>): number {
    const id = ++this.lastPromise
    promise.then(
      (value) => this.onSettled(id, true, value),
      (error: unknown) => this.onSettled(id, false, error),
    )
    return id
  }
}

function remember(seen: Map<object, number>, value: object): number {
  const index = seen.size
  seen.set(value, index)
  return index
}

export interface Remote {
  callRemote(callee: number, args: unknown[]): unknown
  awaitRemote(promise: number): Promise<unknown>
}

export function unpack(packed: Packed, remote: Remote): unknown {
  const seen: unknown[] = []
  const build = (node: Packed): unknown => {
    switch (node[0]) {
      case 'value':
        return node[1]
      case 'seen':
        return seen[node[1]]
      case 'error':
        return new Error(node[1])
      case 'promise':
        return remote.awaitRemote(node[1])
      case 'function': {
        const callee = node[1]
        return function (...args: unknown[]): unknown {
          return remote.callRemote(callee, args)
        }
      }
      case 'array': {
        const array: unknown[] = []
        seen[node[1]] = array
        for (const item of node[2]) array.push(build(item))
        return array
      }
      case 'object': {
        const object: Record<string, unknown> = {}
        seen[node[1]] = object
        for (const [key, item] of node[2]) object[key] = build(item)
        return object
      }
      default:
        return unreachable(node)
    }
  }
  return build(packed)
}
