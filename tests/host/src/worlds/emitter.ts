/** The `events` module that a sandboxed preload gets: the part of Node's EventEmitter that needs no Node. */

type Listener = (...args: unknown[]) => void

interface Registration {
  readonly listener: Listener
  readonly isOnce: boolean
}

export class EventEmitter {
  private readonly registrations = new Map<string, readonly Registration[]>()

  on(event: string, listener: Listener): this {
    return this.register(event, { listener, isOnce: false })
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener)
  }

  once(event: string, listener: Listener): this {
    return this.register(event, { listener, isOnce: true })
  }

  off(event: string, listener: Listener): this {
    const all = this.registrations.get(event) ?? []
    const at = all.findLastIndex((registration) => registration.listener === listener)
    if (at >= 0) this.registrations.set(event, all.toSpliced(at, 1))
    return this
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener)
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.registrations.clear()
    else this.registrations.delete(event)
    return this
  }

  listenerCount(event: string): number {
    return this.registrations.get(event)?.length ?? 0
  }

  emit(event: string, ...args: unknown[]): boolean {
    const all = this.registrations.get(event) ?? []
    for (const { listener, isOnce } of all) {
      if (isOnce) this.off(event, listener)
      Reflect.apply(listener, this, args)
    }
    return all.length > 0
  }

  private register(event: string, registration: Registration): this {
    this.registrations.set(event, [...(this.registrations.get(event) ?? []), registration])
    return this
  }
}
