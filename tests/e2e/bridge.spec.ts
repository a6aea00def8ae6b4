// What a hostile page can say to main: the requests of the contract with arguments that fit, and nothing else.
import { requestNames } from '../../preload/channels.ts'
import { expect, readLog, test } from './fixtures.ts'

/** The bridge as a page sees it that never read the contract. */
interface Untyped {
  readonly request: (...args: unknown[]) => Promise<unknown>
  readonly on: (...args: unknown[]) => unknown
}

test('the page has no Node, and a bridge of two members that nobody can change', async ({ sesame }) => {
  const seen = await sesame.page.evaluate(() => {
    const attempts = [
      () => Object.assign(window.sesame, { request: () => 'mine' }),
      () => Object.defineProperty(window.sesame, 'request', { value: () => 'mine' }),
      () => Object.defineProperty(window, 'sesame', { value: {} }),
      () => Reflect.deleteProperty(window.sesame, 'on'),
      () => Object.assign(window, { sesame: {} }),
    ]
    const before = Object.values(window.sesame)
    for (const attempt of attempts) {
      try {
        attempt()
      } catch {
        // Refused loudly, which is as good.
      }
    }
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'electron',
      'ipcRenderer',
      'setImmediate',
    ]
    return {
      node: names.filter((name) => name in window),
      members: Object.getOwnPropertyNames(window.sesame).toSorted(),
      isFrozen: Object.isFrozen(window.sesame),
      isSame: Object.values(window.sesame).every((member, index) => member === before[index]),
    }
  })
  expect(seen).toEqual({ node: [], members: ['on', 'request'], isFrozen: true, isSame: true })
})

test('an unknown request or event never leaves the page', async ({ sesame, configDir }) => {
  const refused = await sesame.page.evaluate(async () => {
    const names: unknown[] = [
      'nothing',
      '',
      '__proto__',
      'constructor',
      'toString',
      'app.load ',
      'APP.LOAD',
      null,
      undefined,
      7,
      {},
      ['app.load'],
    ]
    const { request, on }: Untyped = Object(window.sesame)
    /** What the bridge itself says, before anything is sent. */
    const outcome = async (work: () => unknown): Promise<string> => {
      try {
        await work()
        return 'went through'
      } catch (error) {
        return error instanceof Error ? error.message : 'unknown'
      }
    }
    const outcomes: string[] = []
    for (const name of names)
      outcomes.push(await outcome(() => request(name)), await outcome(() => on(name, () => {})))
    outcomes.push(await outcome(() => on('profiles.changed', 'no function')))
    return [...new Set(outcomes)]
  })
  expect(refused).toEqual([
    expect.stringContaining('window.sesame.request: unknown request'),
    expect.stringContaining('window.sesame.on: unknown event'),
    expect.stringContaining('window.sesame.on: the listener is not a function'),
  ])
  expect(readLog(configDir).filter(({ event }) => event.startsWith('ipc.'))).toEqual([])
})

test('arguments that do not fit are answered with a failure, whatever they are', async ({ sesame }) => {
  const unexpected = await sesame.page.evaluate(async (names) => {
    const long = 'x'.repeat(2_000_000)
    const deep: unknown = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)
    const odd: Readonly<Record<string, readonly unknown[]>> = {
      'too many': [1, 2, 3, 4, 5],
      'a long text': [long, long],
      'an object for a text': [{ toString: 'x' }, { kind: 'x' }],
      'a prototype': [JSON.parse('{"__proto__":{"isAdmin":true}}'), JSON.parse('{"constructor":{}}')],
      'numbers that are none': [Number.NaN, Number.POSITIVE_INFINITY],
      'null and undefined': [null, undefined],
      'a deep list': [deep],
      bytes: [new Uint8Array(1_000)],
      'an id with a path': ['../../profiles', 'bash'],
      'a big number': [10n ** 40n],
    }
    const { request }: Untyped = Object(window.sesame)
    /** What a request came to: `refused` before it was sent, the code of a failure, or `taken`. */
    const outcome = async (name: string, ...args: readonly unknown[]): Promise<unknown> => {
      try {
        const answer = Object(await request(name, ...args))
        return answer.ok === false ? answer.failure.code : 'taken'
      } catch {
        return 'refused'
      }
    }
    const found: string[] = []
    const expectRefusal = async (what: string, name: string, ...args: readonly unknown[]): Promise<void> => {
      const came = await outcome(name, ...args)
      if (came !== 'refused' && came !== 'input.invalid') found.push(`${name} with ${what}: ${String(came)}`)
    }
    for (const name of names)
      for (const [what, args] of Object.entries(odd)) {
        // Two short texts are what this one takes.
        const fits = name === 'clipboard.copySecret' && what === 'an id with a path'
        if (!fits) await expectRefusal(what, name, ...args)
      }
    for (const thing of [() => {}, Symbol('x'), window, document.body])
      await expectRefusal(typeof thing, 'app.dismissNotice', thing)
    return found
  }, requestNames)
  expect(unexpected).toEqual([])
  expect(await sesame.request('app.load')).toMatchObject({ ok: true, value: { profiles: [] } })
})
