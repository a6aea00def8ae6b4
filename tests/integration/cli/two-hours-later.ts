// Preloaded with `node --import`: this process lives two hours later than the others.
const later = 2 * 3_600_000
const now = Date.now.bind(Date)
Date.now = () => now() + later
globalThis.Date = new Proxy(Date, {
  construct: (target, args: [], newTarget: typeof Date): Date =>
    Reflect.construct(target, args.length === 0 ? [now() + later] : args, newTarget),
})
