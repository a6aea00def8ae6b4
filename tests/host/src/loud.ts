/**
 * Makes an incomplete Electron object say so. Knows nothing of Electron: only that a missing member must be an error,
 * never `undefined`, because a test that passes over a missing member proves nothing.
 */

/** Names that runtimes, loggers and assertion libraries probe on any object; `undefined` is the right answer to them. */
const PROBED: ReadonlySet<PropertyKey> = new Set([
  'then',
  'toJSON',
  'constructor',
  '$$typeof',
  'nodeType',
  'asymmetricMatch',
  'inspect',
  'default',
  '__esModule',
])

/** The error of everything the stand-in does not do. */
export class NotCovered extends Error {
  constructor(what: string) {
    super(`stand-in: ${what} is not covered`)
    this.name = 'NotCovered'
  }
}

/**
 * Wraps an object so that reading a member it lacks throws {@link NotCovered}. Members that start with an underscore
 * stay readable: Node's own EventEmitter looks for some.
 *
 * @param name how the object is called in the message, for example `app` or `BrowserWindow`
 */
export function loud<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      const answerable = key in object || typeof key === 'symbol' || PROBED.has(key) || key.startsWith('_')
      if (!answerable) throw new NotCovered(`${name}.${key}`)
      return Reflect.get(object, key, receiver)
    },
  })
}
