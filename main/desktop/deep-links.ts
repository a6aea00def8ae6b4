// Owns addresses of our own scheme that the system hands over: by event on macOS, as an argument of a second start elsewhere.
// They may carry an authorization code, so nothing here logs one; what an address is good for is sessions' affair.

export const scheme = 'sesame'

/** Our address among the arguments of a start, wherever it stands: Chromium adds switches of its own. */
export const deepLinkIn = (args: readonly string[]): string | undefined =>
  args.find((arg) => arg.toLowerCase().startsWith(`${scheme}://`))

/** What is needed of Electron's app. */
export interface DeepLinkSource {
  on(event: 'open-url', listener: (event: { preventDefault(): void }, url: string) => void): unknown
  on(event: 'second-instance', listener: (event: unknown, args: string[]) => void): unknown
}

export interface DeepLinks {
  /** From now on addresses go there; those that came before go first. */
  deliver(take: (url: string) => void): void
}

/** Listens. Call it before the app is ready: macOS tells the first address as early as that. */
export const collectDeepLinks = (app: DeepLinkSource): DeepLinks => {
  const early: string[] = []
  let take = (url: string): void => void early.push(url)
  app.on('open-url', (event, url) => {
    event.preventDefault()
    take(url)
  })
  app.on('second-instance', (_event, args) => {
    const url = deepLinkIn(args)
    if (url !== undefined) take(url)
  })
  return {
    deliver(next) {
      take = next
      for (const url of early.splice(0)) next(url)
    },
  }
}
