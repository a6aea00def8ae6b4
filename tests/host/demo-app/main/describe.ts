/** A value as text, with its kind: how the tests see what arrived in the main process. */

export function describe(value: unknown): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'object':
      return describeObject(value)
    case 'number':
      return Object.is(value, -0) ? 'number:-0' : `number:${value}`
    case 'string':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return `${typeof value}:${value}`
    case 'function':
    case 'symbol':
    default:
      return typeof value
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return `[${Array.from(value, describe).join(',')}]`
  if (value instanceof Date) return `Date:${value.getTime()}`
  if (value instanceof Map) {
    return `Map{${Array.from(value, ([key, item]) => `${describe(key)}=>${describe(item)}`).join(',')}}`
  }
  if (value instanceof Set) return `Set{${Array.from(value, describe).join(',')}}`
  if (value instanceof Error) return `Error(${value.name}|${value.message})`
  if (value instanceof RegExp) return `RegExp:${value}`
  if (value instanceof ArrayBuffer) return `ArrayBuffer:${value.byteLength}`
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return `${value.constructor.name}:${bytes.toString('hex')}`
  }
  const entries: [string, unknown][] = Object.entries(value)
  return `{${entries.map(([key, item]) => `${key}:${item === value ? '<self>' : describe(item)}`).join(',')}}`
}
