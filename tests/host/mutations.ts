/**
 * The places where the demo app is broken, one at a time, to prove that the contract suite is able to fail: with each of
 * these, the test that guards the place has to fail, and for the reason it is there. contract-fixture.ts breaks the app,
 * playwright.config.ts makes each one a project. Alone: `playwright test -c tests/host --project 'mutation*'`.
 */

export interface Mutation {
  readonly name: string
  /** Of the built demo app. */
  readonly file: string
  /** As in the built file, where it must be exactly once. */
  readonly from: string
  readonly to: string
  /** The test that must fail, by its title. */
  readonly test: string
  /** What its failure must say: another one, such as that no window came, proves nothing. */
  readonly because: RegExp
}

const MAIN = 'main/index.js'
const PRELOAD = 'preload/index.cjs'

export const mutations: readonly Mutation[] = [
  {
    name: 'no content security policy',
    file: MAIN,
    from: 'headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);',
    to: '',
    test: 'is held by the content security policy, in a secure context',
    because: /"inlineRan": true/,
  },
  {
    name: 'navigation is not prevented',
    file: MAIN,
    from: 'event.preventDefault();',
    to: ';',
    test: 'cannot navigate away',
    because: /because of a navigation|evil\.example/,
  },
  {
    name: 'new windows are allowed',
    file: MAIN,
    from: 'return { action: "deny" };',
    to: 'return { action: "allow" };',
    test: 'cannot open a window',
    because: /Expected: 1\s+Received: [23]/,
  },
  {
    name: 'the preload works without contextBridge',
    file: PRELOAD,
    from: 'import_electron.contextBridge.exposeInMainWorld("api", api);',
    to: 'globalThis.api = api;',
    test: 'the preload lives in a world of its own, without Node',
    because: /Cannot read properties of undefined \(reading 'world'\)/,
  },
  {
    name: 'every permission request is granted',
    file: MAIN,
    from: 'callback(permission === "clipboard-sanitized-write");',
    to: 'callback(true);',
    test: 'is refused every permission it asks for',
    because: /"notifications": "granted"/,
  },
  {
    name: 'every permission check is granted',
    file: MAIN,
    from: 'return permission === "clipboard-sanitized-write";',
    to: 'return true;',
    test: 'finds every permission denied that it only looks at',
    because: /"granted"/,
  },
  {
    name: 'a second instance is not heard',
    file: MAIN,
    from: '.on("second-instance"',
    to: '.on("nothing"',
    test: 'a second instance hands over its command line and ends',
    because: /second-instance:--from-second/,
  },
]
