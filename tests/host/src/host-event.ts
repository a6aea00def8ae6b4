/** The event object that Electron hands to listeners: a bag of details with `preventDefault`. */

export class HostEvent implements Electron.Event {
  defaultPrevented = false
  /** A property, not a method: Electron's can be passed around unbound. */
  readonly preventDefault = (): void => {
    this.defaultPrevented = true
  }
}

/** An event that carries details, as Electron's `Event<Params>` does. */
export function hostEvent<P extends object>(details: P): HostEvent & P {
  return Object.assign(new HostEvent(), details)
}
