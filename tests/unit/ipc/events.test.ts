import { describe, expect, it } from 'vitest'
import { failure } from '../../../main/failure.ts'
import { coalesceProfileChanges, createEmit } from '../../../main/ipc/events.ts'
import { createNoticeBoard } from '../../../main/ipc/notices.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { sampleView } from './sample-views.ts'

const setUp = () => {
  const sent: [string, unknown][] = []
  const errors: unknown[] = []
  const emit = createEmit((channel, payload) => sent.push([channel, payload]), {
    info: () => {},
    warn: () => {},
    error: (event, fields) => errors.push([event, fields]),
  })
  return { sent, errors, emit }
}

describe('an event', () => {
  it('goes out with what the contract names and nothing else', () => {
    const { sent, emit } = setUp()
    const payload = { offsetMs: 400, accessToken: 'canary' }
    emit('clock.changed', payload)
    expect(sent).toEqual([['clock.changed', { offsetMs: 400 }]])
  })

  it('that does not fit is not sent, and logged without its content', () => {
    const { sent, errors, emit } = setUp()
    // @ts-expect-error -- the bug that the check is there for
    emit('clock.changed', { offsetMs: 'canary' })
    expect(sent).toEqual([])
    expect(errors).toEqual([
      ['ipc.event-invalid', { name: 'clock.changed', issues: ['offsetMs: invalid_type'] }],
    ])
  })
})

describe('changed profiles', () => {
  const coalesced = () => {
    const { sent, emit } = setUp()
    const views = new Map<string, ProfileView>(
      [1, 2, 3].map((n) => [sampleView(n).profile.id, sampleView(n)]),
    )
    const turns: (() => void)[] = []
    const changes = coalesceProfileChanges(
      emit,
      { view: (id) => views.get(id), order: () => [...views.keys()] },
      (callback) => turns.push(callback),
    )
    const endTurn = (): void => {
      for (const callback of turns.splice(0)) callback()
    }
    return { sent, views, turns, changes, endTurn, ids: [...views.keys()] }
  }

  it('of one turn go out together, each once, as they are at its end', () => {
    const { sent, views, changes, endTurn, ids } = coalesced()
    const [first = '', second = ''] = ids
    changes.changed([first])
    changes.changed([second, first])
    views.set(second, sampleView(2, { status: 'loading' }))
    expect(sent).toEqual([])
    endTurn()
    expect(sent).toEqual([
      ['profiles.changed', { changed: [sampleView(1), sampleView(2, { status: 'loading' })] }],
    ])
  })

  it('carry the order only when it changed, and forget profiles that are gone', () => {
    const { sent, views, changes, endTurn, ids } = coalesced()
    const [first = '', second = '', third = ''] = ids
    changes.changed([second])
    changes.reordered()
    views.delete(second)
    endTurn()
    expect(sent).toEqual([['profiles.changed', { changed: [], order: [first, third] }]])
    changes.changed([second])
    endTurn()
    expect(sent).toHaveLength(1)
  })

  it('schedule one turn at a time, and again after it', () => {
    const { sent, turns, changes, endTurn, ids } = coalesced()
    for (let n = 0; n < 1_000; n++) changes.changed(ids)
    expect(turns).toHaveLength(1)
    endTurn()
    changes.changed(ids)
    endTurn()
    expect(sent).toHaveLength(2)
  })
})

describe('notices', () => {
  const notice = (id: string) => ({ id, tone: 'warn' as const, failure: failure('profiles.damaged') })

  it('tell of each change, replace their own kind, and can be dismissed', () => {
    const board = createNoticeBoard()
    const told: string[][] = []
    const stop = board.onChange((notices) => told.push(notices.map(({ id }) => id)))
    board.put(notice('a'))
    board.put(notice('b'))
    board.put(notice('a'))
    board.dismiss('a')
    board.dismiss('a')
    stop()
    board.dismiss('b')
    expect(told).toEqual([['a'], ['a', 'b'], ['a', 'b'], ['b']])
    expect(board.list()).toEqual([])
  })
})
