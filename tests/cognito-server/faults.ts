// Owns which requests go wrong on purpose, and how. Decides; http.ts carries it out.

/** What happens to a request. `before` and `after` are about the operation's work: its state change. */
export type Fault =
  /** Real milliseconds of waiting, before the work unless told otherwise. */
  | { readonly kind: 'delay'; readonly milliseconds: number; readonly when?: 'before' | 'after' }
  /** Connection reset, nothing done. */
  | { readonly kind: 'reset' }
  /** TooManyRequestsException with status 429, nothing done. */
  | { readonly kind: 'throttle' }
  /** A load balancer's page, nothing done. */
  | { readonly kind: 'html-500' }
  /** The work is done, but only half of the answer arrives. */
  | { readonly kind: 'truncated' }
  /** The work is done (a token rotated, say), then the connection is reset. */
  | { readonly kind: 'answer-lost' }
  /** This exception instead of the work. */
  | { readonly kind: 'exception'; readonly type: string; readonly message: string; readonly status?: number }
  /** Waits until a test lets go; see `Faults.hold`. */
  | { readonly kind: 'hold'; readonly when: 'before' | 'after'; readonly arrive: () => Promise<void> }

/** Which requests a rule is for; what is left out matches everything. */
export interface FaultMatch {
  /** `InitiateAuth`, `GetCallerIdentity`, `jwks.json`… */
  readonly operation?: string
  /** The user's own name. */
  readonly user?: string
  readonly clientId?: string
  /** The first matching request it strikes, counted from 1 since the rule was added. Default 1. */
  readonly nth?: number
  /** How many it strikes from there on. Default 1. */
  readonly times?: number | 'always'
}

export interface FaultRule {
  readonly match?: FaultMatch
  readonly fault: Fault
}

/** Who and what a request is about, as far as it says. */
export interface RequestSubject {
  readonly operation: string
  readonly user?: string
  readonly clientId?: string
  /** Of the credentials that signed it. */
  readonly accessKeyId?: string
  /** ClientMetadata, as a Lambda trigger would get it. */
  readonly clientMetadata?: Readonly<Record<string, unknown>>
}

export interface FaultHandle {
  /** How many requests it has struck. */
  readonly hits: number
  remove(): void
}

/** One request stopped in its tracks. */
export interface HeldRequest {
  /** Settles when the request is there and (for `after`) its work is done. */
  readonly arrived: Promise<void>
  release(): void
}

interface ActiveRule {
  readonly rule: FaultRule
  seen: number
  hits: number
}

/** Whether a request is one a rule speaks of, whatever its number. */
export function matches(match: FaultMatch | undefined, subject: RequestSubject): boolean {
  const { operation, user, clientId } = match ?? {}
  return (
    (operation === undefined || operation === subject.operation) &&
    (user === undefined || user === subject.user) &&
    (clientId === undefined || clientId === subject.clientId)
  )
}

/** The rules in force. One request meets at most one fault: the oldest rule that is due. */
export class Faults {
  #rules: ActiveRule[] = []

  add(rule: FaultRule): FaultHandle {
    const active: ActiveRule = { rule, seen: 0, hits: 0 }
    this.#rules.push(active)
    return {
      get hits() {
        return active.hits
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== active)
      },
    }
  }

  /** Stops the next matching request until `release` is called: races without sleeps. */
  hold(match: FaultMatch, when: 'before' | 'after' = 'before'): HeldRequest {
    const arrival = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const arrive = () => {
      arrival.resolve()
      return gate.promise
    }
    this.add({ match, fault: { kind: 'hold', when, arrive } })
    return { arrived: arrival.promise, release: gate.resolve }
  }

  clear(): void {
    this.#rules = []
  }

  /** The fault for this request, if any; counts it for every rule it matches. */
  take(subject: RequestSubject): Fault | undefined {
    let struck: ActiveRule | undefined
    for (const active of this.#rules) {
      if (!matches(active.rule.match, subject)) continue
      active.seen += 1
      if (struck === undefined && isDue(active)) struck = active
    }
    if (struck !== undefined) struck.hits += 1
    return struck?.rule.fault
  }
}

function isDue({ rule, seen }: ActiveRule): boolean {
  const { nth = 1, times = 1 } = rule.match ?? {}
  return seen >= nth && (times === 'always' || seen < nth + times)
}
