/**
 * A structured-cloned value as text and back. The same code runs in Node and in the preload's world; it knows nothing
 * of channels. What the structured clone refuses, and what Electron's IPC does not carry, is refused here too.
 */

import { unreachable } from '../unreachable.ts'

/** Electron's own words for what cannot be cloned. */
export const CLONE_ERROR = 'An object could not be cloned.'

const VIEWS = {
  Int8Array: (bytes: ArrayBuffer) => new Int8Array(bytes),
  Uint8Array: (bytes: ArrayBuffer) => new Uint8Array(bytes),
  Uint8ClampedArray: (bytes: ArrayBuffer) => new Uint8ClampedArray(bytes),
  Int16Array: (bytes: ArrayBuffer) => new Int16Array(bytes),
  Uint16Array: (bytes: ArrayBuffer) => new Uint16Array(bytes),
  Int32Array: (bytes: ArrayBuffer) => new Int32Array(bytes),
  Uint32Array: (bytes: ArrayBuffer) => new Uint32Array(bytes),
  Float32Array: (bytes: ArrayBuffer) => new Float32Array(bytes),
  Float64Array: (bytes: ArrayBuffer) => new Float64Array(bytes),
  BigInt64Array: (bytes: ArrayBuffer) => new BigInt64Array(bytes),
  BigUint64Array: (bytes: ArrayBuffer) => new BigUint64Array(bytes),
  DataView: (bytes: ArrayBuffer) => new DataView(bytes),
}
/** Objects around a primitive, as `Object(1)` makes them. */
const BOXED = /^\[object (Boolean|Number|String|BigInt)\]$/

type ViewName = keyof typeof VIEWS
const isViewName = (name: string): name is ViewName => Object.hasOwn(VIEWS, name)

const ERRORS = new Map<string, ErrorConstructor>(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => [
    type.name,
    type,
  ]),
)

/** JSON's own values stand for themselves; everything else is an array that opens with a tag. */
type Node =
  | null
  | boolean
  | number
  | string
  | readonly ['undefined']
  | readonly ['bigint', digits: string]
  | readonly ['number', name: string]
  | readonly ['seen', index: number]
  | readonly ['array', length: number, entries: readonly Entry[]]
  | readonly ['object', entries: readonly Entry[]]
  | readonly ['error', name: string, message: string, stack: string, cause?: Node]
  | readonly ['date', time: Node]
  | readonly ['regexp', source: string, flags: string]
  | readonly ['map', pairs: readonly (readonly [Node, Node])[]]
  | readonly ['set', members: readonly Node[]]
  | readonly ['buffer', base64: string]
  | readonly ['view', name: ViewName, base64: string]
  | readonly ['boxed', primitive: Node]
type Entry = readonly [key: string, value: Node]

/** @throws Error with {@link CLONE_ERROR} */
export function encode(value: unknown): string {
  let clone: unknown
  try {
    clone = structuredClone(value)
  } catch {
    throw new Error(CLONE_ERROR)
  }
  return JSON.stringify(new Encoder().encode(clone))
}

/** @param text what {@link encode} gave */
export function decode(text: string): unknown {
  return new Decoder().decode(JSON.parse(text))
}

/** {@link decode} of what was encoded from an array, as the arguments of a call are. */
export function decodeList(text: string): unknown[] {
  const list = decode(text)
  if (!Array.isArray(list)) throw new Error('stand-in: not a list of arguments')
  return list
}

class Encoder {
  private readonly seen = new Map<object, number>()

  encode(value: unknown): Node {
    switch (typeof value) {
      case 'undefined':
        return ['undefined']
      case 'bigint':
        return ['bigint', value.toString()]
      case 'number':
        return this.encodeNumber(value)
      case 'string':
      case 'boolean':
        return value
      case 'object':
        return value === null ? null : this.encodeReference(value)
      case 'function':
      case 'symbol':
      default:
        throw new Error(CLONE_ERROR)
    }
  }

  private encodeNumber(value: number): Node {
    if (Object.is(value, -0)) return ['number', '-0']
    return Number.isFinite(value) ? value : ['number', String(value)]
  }

  private encodeReference(value: object): Node {
    const index = this.seen.get(value)
    if (index !== undefined) return ['seen', index]
    this.seen.set(value, this.seen.size)
    return this.encodeObject(value)
  }

  private encodeObject(value: object): Node {
    if (Array.isArray(value)) return ['array', value.length, this.encodeEntries(value)]
    if (value instanceof Error) return this.encodeError(value)
    if (value instanceof Date) return ['date', this.encode(value.getTime())]
    if (value instanceof RegExp) return ['regexp', value.source, value.flags]
    if (value instanceof Map)
      return ['map', Array.from(value, ([key, item]) => [this.encode(key), this.encode(item)])]
    if (value instanceof Set) return ['set', Array.from(value, (item) => this.encode(item))]
    if (value instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(value))]
    if (ArrayBuffer.isView(value)) {
      const name = value.constructor.name
      if (!isViewName(name)) throw new Error(CLONE_ERROR)
      return ['view', name, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))]
    }
    if (BOXED.test(Object.prototype.toString.call(value))) return ['boxed', this.encode(value.valueOf())]
    if (Object.getPrototypeOf(value) === Object.prototype) return ['object', this.encodeEntries(value)]
    // Blob, File, ImageData …: the structured clone takes them, Electron's IPC does not.
    throw new Error(CLONE_ERROR)
  }

  private encodeEntries(value: object): Entry[] {
    const entries: [string, unknown][] = Object.entries(value)
    return entries.map(([key, item]) => [key, this.encode(item)])
  }

  private encodeError(error: Error): Node {
    const { name, message, stack = '' } = error
    return 'cause' in error
      ? ['error', name, message, stack, this.encode(error.cause)]
      : ['error', name, message, stack]
  }
}

class Decoder {
  /** In the order in which the encoder met them: an object is registered before its members. */
  private readonly seen: unknown[] = []

  decode(node: Node): unknown {
    if (typeof node !== 'object' || node === null) return node
    switch (node[0]) {
      case 'undefined':
        return undefined
      case 'bigint':
        return BigInt(node[1])
      case 'number':
        return Number(node[1])
      case 'seen':
        return this.seen[node[1]]
      case 'array': {
        const array = this.register<unknown[]>([])
        array.length = node[1]
        this.defineEntries(array, node[2])
        return array
      }
      case 'object':
        return this.defineEntries(this.register({}), node[1])
      case 'error':
        return this.decodeError(node)
      case 'date':
        return this.register(new Date(Number(this.decode(node[1]))))
      case 'regexp':
        return this.register(new RegExp(node[1], node[2]))
      case 'map': {
        const map = this.register(new Map<unknown, unknown>())
        for (const [key, value] of node[1]) map.set(this.decode(key), this.decode(value))
        return map
      }
      case 'set': {
        const set = this.register(new Set<unknown>())
        for (const member of node[1]) set.add(this.decode(member))
        return set
      }
      case 'buffer':
        return this.register(fromBase64(node[1]))
      case 'view':
        return this.register(VIEWS[node[1]](fromBase64(node[2])))
      case 'boxed':
        return this.register(Object(this.decode(node[1])))
      default:
        return unreachable(node)
    }
  }

  private register<T>(value: T): T {
    this.seen.push(value)
    return value
  }

  /** Defined, not assigned: a key named `__proto__` is a key. */
  private defineEntries(target: object, entries: readonly Entry[]): object {
    for (const [key, node] of entries) {
      const value = this.decode(node)
      Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
    }
    return target
  }

  private decodeError([, name, message, stack, cause]: Extract<
    Node,
    readonly ['error', ...unknown[]]
  >): Error {
    const type = ERRORS.get(name) ?? Error
    const error = this.register(new type(message))
    Object.defineProperty(error, 'stack', { value: stack, writable: true, configurable: true })
    if (cause !== undefined) error.cause = this.decode(cause)
    return error
  }
}

// The preload's world has no Buffer, and Node 20 no Uint8Array.fromBase64: both have btoa and atob.
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function fromBase64(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer
}
