/** The part of the contract that is about values: IPC between page and main process, and the context bridge. */
import { expect, test } from './contract-fixture.ts'

test.describe('IPC', () => {
  test('a value arrives in the main process as the structured clone leaves it', async ({ page }) => {
    const described = await page.evaluate(() => {
      class Point {
        readonly x = 1
        sum(): number {
          return this.x
        }
      }
      const circle: Record<string, unknown> = { a: 1 }
      circle['self'] = circle
      // oxlint-disable-next-line no-sparse-arrays -- the hole is what is tested
      const sparse = [1, , 3]
      const values: unknown[] = [
        undefined,
        null,
        Number.NaN,
        -0,
        Number.POSITIVE_INFINITY,
        10n,
        new Date(5),
        new Map([['key', { n: 1 }]]),
        new Set([1]),
        new Uint8Array([1, 2, 255]),
        new Uint8Array([9, 8, 7]).subarray(1),
        new Float64Array([0.5]),
        new ArrayBuffer(3),
        /a+/gi,
        sparse,
        { u: undefined },
        'ü€😀',
        { ['__proto__x']: 1 },
        new TypeError('t'),
        new Point(),
        circle,
      ]
      return Promise.all(values.map((value) => window.api.invoke('describe', value)))
    })
    expect(described).toEqual([
      'undefined:undefined',
      'null',
      'number:NaN',
      'number:-0',
      'number:Infinity',
      'bigint:10',
      'Date:5',
      'Map{string:key=>{n:number:1}}',
      'Set{number:1}',
      'Uint8Array:0102ff',
      'Uint8Array:0807',
      'Float64Array:000000000000e03f',
      'ArrayBuffer:3',
      'RegExp:/a+/gi',
      '[number:1,undefined:undefined,number:3]',
      '{u:undefined:undefined}',
      'string:ü€😀',
      '{__proto__x:number:1}',
      'Error(Error|t)',
      '{x:number:1}',
      '{a:number:1,self:<self>}',
    ])
  })

  test('a value comes back as it went', async ({ page }) => {
    const kept = await page.evaluate(async () => {
      const sent = {
        date: new Date(7),
        map: new Map([[1, new Set(['x'])]]),
        nothing: undefined,
        bytes: new Uint8Array([1]),
        error: new RangeError('r'),
        big: 2n ** 70n,
      }
      // What echo gives back is what is asked here.
      const got: Partial<Record<keyof typeof sent, unknown>> = Object(await window.api.invoke('echo', sent))
      const { date, map, bytes, error, big } = got
      return [
        date instanceof Date && date.getTime(),
        map instanceof Map && map.get(1) instanceof Set,
        'nothing' in got,
        bytes instanceof Uint8Array,
        error instanceof Error && [error.name, error.message],
        typeof big === 'bigint' && big.toString(),
        Object.getPrototypeOf(got) === Object.prototype,
      ]
    })
    expect(kept).toEqual([7, true, true, true, ['Error', 'r'], '1180591620717411303424', true])
  })

  test('what cannot be cloned is refused on both sides', async ({ page }) => {
    const messages = await page.evaluate(async () => {
      const message = (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => 'accepted',
          (error: unknown) => (error instanceof Error ? error.message : 'no error'),
        )
      return [
        await message(Promise.resolve().then(() => window.api.invoke('echo', { f: () => 1 }))),
        await message(window.api.invoke('give-function')),
      ]
    })
    expect(messages).toEqual([
      'An object could not be cloned.',
      "Error invoking remote method 'give-function': Error: An object could not be cloned.",
    ])
  })

  test("a handler's error arrives as a plain Error with its text", async ({ page }) => {
    const errors = await page.evaluate(() => {
      const describe = async (channel: string, ...args: unknown[]): Promise<unknown> => {
        try {
          return await window.api.invoke(channel, ...args)
        } catch (error) {
          if (!(error instanceof Error)) return 'no error'
          return [error.constructor === Error, error.name, error.message, 'code' in error]
        }
      }
      return Promise.all([
        describe('fail'),
        describe('fail', 'type'),
        describe('fail', 'string'),
        describe('nobody'),
      ])
    })
    const remote = (channel: string, text: string): unknown[] => [
      true,
      'Error',
      `Error invoking remote method '${channel}': ${text}`,
      false,
    ]
    expect(errors).toEqual([
      remote('fail', 'CodedError: coded'),
      remote('fail', 'TypeError: bad thing'),
      remote('fail', 'plain'),
      remote('nobody', "Error: No handler registered for 'nobody'"),
    ])
  })

  test('the main process pushes, in order, until the page stops listening', async ({ page }) => {
    await expect(page.getByTestId('tick')).not.toHaveText('0')
    const got = await page.evaluate(async () => {
      const numbers: unknown[] = []
      const stop = window.api.onPong((number) => numbers.push(number))
      window.api.send('ping', 1)
      window.api.send('ping', 10)
      await window.api.invoke('echo', 0)
      stop()
      window.api.send('ping', 100)
      await window.api.invoke('echo', 0)
      return numbers
    })
    expect(got).toEqual([2, 3, 11, 12])
  })
})

test.describe('context bridge', () => {
  test('the preload lives in a world of its own, without Node', async ({ page }) => {
    expect(await page.evaluate(() => window.api.world)).toEqual({
      requireError: 'module not found: fs',
      isSandboxed: true,
      isIsolated: true,
      readyState: 'loading',
    })
    const leaked = await page.evaluate(() =>
      ['preloadSecret', 'require', 'process', 'module', '__electronSend', '__electronReceive'].filter(
        (name) => name in window,
      ),
    )
    expect(leaked).toEqual([])
  })

  test('what it exposes is frozen and cannot be replaced', async ({ page }) => {
    const held = await page.evaluate(() => {
      const wasReplaced = Reflect.set(window, 'api', 1)
      return [wasReplaced, typeof window.api, Object.isFrozen(window.api), Object.isFrozen(window.api.world)]
    })
    expect(held).toEqual([false, 'object', true, true])
  })

  test('calls cross it, and their errors', async ({ page }) => {
    const crossed = await page.evaluate(() => {
      try {
        window.api.throwError()
        return 'nothing thrown'
      } catch (error) {
        return [window.api.add(2, 3), error instanceof Error && error.constructor === Error, String(error)]
      }
    })
    expect(crossed).toEqual([5, true, 'Error: from preload'])
  })

  test('values cross it as copies', async ({ page }) => {
    const copied = await page.evaluate(async () => {
      const given = {
        date: new Date(1),
        map: new Map([[1, 2]]),
        symbol: Symbol('x'),
        increment: (x: number) => x + 1,
        list: [1, undefined],
        promise: Promise.resolve(9),
        error: new TypeError('te'),
        self: undefined as unknown,
      }
      given.self = given
      const got: typeof given = Object(window.api.give(given))
      return [
        got !== given,
        got.date instanceof Date,
        got.map instanceof Map,
        typeof got.symbol,
        got.increment(1),
        got.list.length,
        await got.promise,
        got.error instanceof Error && got.error.message,
        got.self === got,
        Object.isFrozen(got),
      ]
    })
    expect(copied).toEqual([true, true, true, 'undefined', 2, 2, 9, 'te', true, false])
  })

  test('what cannot be copied is refused', async ({ page }) => {
    const message = await page.evaluate(() => {
      try {
        window.api.give(new WeakMap())
        return 'accepted'
      } catch (error) {
        return String(error)
      }
    })
    expect(message).toContain('could not be cloned')
  })
})
