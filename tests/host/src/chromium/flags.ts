/** The command line Chromium is started with. A pure function of what is known before. */

/** Switches of the `electron` command line that are Node's or the stand-in's own. */
const NOT_FOR_CHROMIUM: ReadonlySet<string> = new Set([
  'inspect',
  'inspect-brk',
  'require',
  'user-data-dir',
  'remote-debugging-pipe',
])

/** Nothing may leave the machine unasked: without these Chromium looks up Google's hosts at every start. */
const QUIET_NETWORK = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-pings',
]

const NO_FIRST_RUN = [
  '--no-first-run',
  '--no-startup-window',
  '--no-default-browser-check',
  '--disable-default-apps',
  '--disable-search-engine-choice-screen',
]

/** What a browser has and an Electron window has not. */
const NO_BROWSER_FEATURES = ['Translate', 'MediaRouter', 'OptimizationHints', 'NetworkTimeServiceQuerying']

export interface ChromiumStart {
  readonly isVisible: boolean
  /** Chromium refuses to start its sandbox as root. */
  readonly isRoot: boolean
  /** A fresh folder that nobody else uses. */
  readonly profile: string
  /** From the `electron` command line and `app.commandLine`. */
  readonly switches: ReadonlyMap<string, string>
}

export function chromiumFlags({ isVisible, isRoot, profile, switches }: ChromiumStart): string[] {
  const passedOn = [...switches]
    .filter(([name]) => !NOT_FOR_CHROMIUM.has(name))
    .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
  return [
    // --test-type: no bar across the window that warns of --no-sandbox.
    ...(isRoot && !switches.has('no-sandbox') ? ['--no-sandbox'] : []),
    ...(isVisible && isRoot ? ['--test-type'] : []),
    ...(isVisible ? [] : ['--headless=new']),
    ...QUIET_NETWORK,
    ...NO_FIRST_RUN,
    // Given twice, Chromium takes the last one only: Playwright's list, which is longer, wins.
    ...(switches.has('disable-features') ? [] : [`--disable-features=${NO_BROWSER_FEATURES.join(',')}`]),
    '--disable-gpu',
    // Fatal errors only: every missing system service is an error to Chromium.
    ...(switches.has('log-level') ? [] : ['--log-level=3']),
    '--disable-breakpad',
    // Chromium must not open the keychain: that one is the app's.
    '--password-store=basic',
    '--use-mock-keychain',
    // window.open is answered by the app's window-open handler, as in Electron.
    '--disable-popup-blocking',
    ...passedOn,
    `--user-data-dir=${profile}`,
  ]
}
