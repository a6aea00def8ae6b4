import { describe, expect, test } from 'vitest'
import { Faults } from '../../cognito-server/faults.ts'
import { Journal } from '../../cognito-server/journal.ts'

const reset = { kind: 'reset' } as const
const refresh = { operation: 'GetTokensFromRefreshToken', user: 'ada', clientId: 'c1' }

describe('which request a fault strikes', () => {
  test.each([
    [{}, [1]],
    [{ nth: 3 }, [3]],
    [{ times: 2 }, [1, 2]],
    [{ nth: 2, times: 2 }, [2, 3]],
    [{ nth: 4, times: 'always' }, [4, 5]],
    [{ operation: 'GetTokensFromRefreshToken', user: 'ada', clientId: 'c1' }, [1]],
    [{ operation: 'InitiateAuth' }, []],
    [{ user: 'grace' }, []],
    [{ clientId: 'c2' }, []],
  ] as const)('%j strikes requests %j of five', (match, struck) => {
    const faults = new Faults()
    const handle = faults.add({ match, fault: reset })
    const hit = [1, 2, 3, 4, 5].filter(() => faults.take(refresh) !== undefined)
    expect(hit).toEqual(struck)
    expect(handle.hits).toBe(struck.length)
  })

  test('requests that do not match are not counted', () => {
    const faults = new Faults()
    faults.add({ match: { user: 'ada', nth: 2 }, fault: reset })
    expect(faults.take(refresh)).toBeUndefined()
    expect(faults.take({ operation: 'GetUser', user: 'grace' })).toBeUndefined()
    expect(faults.take(refresh)).toEqual(reset)
  })

  test('one request meets one fault, the oldest that is due; a removed rule is over', () => {
    const faults = new Faults()
    const first = faults.add({ match: { times: 'always' }, fault: reset })
    faults.add({ match: { times: 'always' }, fault: { kind: 'html-500' } })
    expect(faults.take(refresh)).toEqual(reset)
    first.remove()
    expect(faults.take(refresh)).toEqual({ kind: 'html-500' })
    faults.clear()
    expect(faults.take(refresh)).toBeUndefined()
  })
})

test('the journal counts by what is asked and tells when enough have come', async () => {
  const journal = new Journal()
  const entry = { ...refresh, at: 0, status: 200 }
  const twoOk = journal.waitFor({ user: 'ada', outcome: 'ok' }, 2)
  journal.record({ ...entry, outcome: 'ok' })
  journal.record({ ...entry, outcome: 'NotAuthorizedException', status: 400 })
  journal.record({ ...entry, user: 'grace', outcome: 'ok' })
  journal.record({ ...entry, outcome: 'ok' })
  expect(await twoOk).toHaveLength(2)
  expect(journal.count()).toBe(4)
  expect(journal.count({ outcome: 'NotAuthorizedException' })).toBe(1)
  expect(await journal.waitFor({ user: 'grace' })).toHaveLength(1)
  journal.clear()
  expect(journal.count()).toBe(0)
})
