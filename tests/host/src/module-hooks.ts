/** Answers `require('electron')` and `import 'electron'` with the stand-in. Knows nothing of what it hands out. */
import Module from 'node:module'

const NAMES = ['electron', 'electron/main', 'electron/common']

/** How the module that `import` gets, which lives in a data: URL, finds the stand-in's object. */
const GLOBAL_KEY = '__standinElectron'

export function installModuleHooks(electron: Readonly<Record<string, unknown>>): void {
  // Not in Node's types, but every require goes through it, in Node 20 as in Node 24.
  const load: unknown = Reflect.get(Module, '_load')
  if (typeof load !== 'function') throw new Error('stand-in: this Node has no Module._load')
  Reflect.set(Module, '_load', function (this: unknown, request: string, ...rest: unknown[]): unknown {
    return NAMES.includes(request) ? electron : Reflect.apply(load, this, [request, ...rest])
  })

  Object.defineProperty(globalThis, GLOBAL_KEY, { value: electron })
  const exports = Object.keys(electron).map((name) => `export const ${name} = e.${name}`)
  const url = toDataUrl(`const e = globalThis.${GLOBAL_KEY}; export default e; ${exports.join('; ')}`)
  if (typeof Module.registerHooks === 'function') {
    Module.registerHooks({
      resolve: (specifier, context, next) =>
        NAMES.includes(specifier) && context.conditions.includes('import')
          ? { url, shortCircuit: true }
          : next(specifier, context),
    })
    return
  }
  // Node 20: only the hooks that run in their own thread, from a module of their own.
  const hook = `export const resolve = (specifier, context, next) =>
    ${JSON.stringify(NAMES)}.includes(specifier)
      ? { url: ${JSON.stringify(url)}, shortCircuit: true }
      : next(specifier, context)`
  Module.register(toDataUrl(hook))
}

const toDataUrl = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`
