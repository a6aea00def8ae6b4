import { describe, expect, it } from 'vitest'
import { deadlineMs } from '../../../main/cognito/exchange.ts'
import { createLostPageRule } from '../../../main/desktop/lost-page.ts'
import { guardQuit } from '../../../main/desktop/quit.ts'
import type { UnsavedSecret } from '../../../main/desktop/unsaved.ts'
import { silentLog } from '../../../main/logging/log.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { liveSession, sampleView } from '../ipc/sample-views.ts'
import { fakeClock, settle } from '../sessions/fake-clock.ts'

const unsaved = sampleView(1, liveSession(0, 'in-memory'))

const setUp = (
  options: {
    views?: ProfileView[]
    secrets?: UnsavedSecret[]
    signOuts?: string[]
    mayAsk?: boolean
    answer?: boolean
    hangs?: boolean
    tokensKept?: Promise<void>
  } = {},
) => {
  const happened: string[] = []
  const clock = fakeClock()
  let listener: ((event: { preventDefault(): void }) => void) | undefined
  /** As Electron does it: the listener may hold it back, else the app is gone. */
  const quit = (): void => {
    let isHeld = false
    listener?.({
      preventDefault: () => {
        isHeld = true
        happened.push('held')
      },
    })
    if (!isHeld) happened.push('gone')
  }
  const state = guardQuit({
    app: {
      on: (_event, added) => {
        listener = added
      },
      quit,
      exit: (code) => happened.push(`exit ${code}`),
    },
    views: () => options.views ?? [],
    unsavedSecrets: () => options.secrets ?? [],
    endSignOuts: async () => options.signOuts ?? [],
    mayAsk: () => options.mayAsk ?? true,
    ask: async ({ message }) => {
      happened.push(message)
      return options.answer ?? false
    },
    tokensKept: () => options.tokensKept ?? Promise.resolve(),
    finish: async () => {
      happened.push('finished')
      if (options.hangs) await new Promise(() => {})
    },
    clock,
    log: silentLog,
  })
  return { happened, clock, quit, state }
}

describe('quitting', () => {
  it('waits until everything is finished, then quits for good', async () => {
    const { happened, quit, state } = setUp()
    quit()
    expect(state.isQuitting).toBe(false)
    await settle()
    expect(happened).toEqual(['held', 'finished', 'gone'])
    expect(state.isQuitting).toBe(true)
  })

  it('finishes once however often it is asked', async () => {
    const { happened, quit } = setUp()
    quit()
    quit()
    await settle()
    expect(happened.filter((what) => what === 'finished')).toHaveLength(1)
  })

  it('is given up when sessions would be lost and the person stays, and asks again the next time', async () => {
    const { happened, quit, state } = setUp({ views: [unsaved] })
    quit()
    await settle()
    quit()
    await settle()
    expect(happened).toEqual(['held', 'One session is not saved.', 'held', 'One session is not saved.'])
    expect(state.isQuitting).toBe(false)
  })

  it('says which sign-outs would never reach Cognito', async () => {
    const { happened, quit } = setUp({ views: [unsaved], signOuts: ['acme'] })
    quit()
    await settle()
    expect(happened).toEqual(['held', 'One session is not saved. One sign-out has not reached Cognito.'])
  })

  it('is given up for the sake of a client secret that is nowhere but in memory', async () => {
    const { happened, quit } = setUp({ secrets: [{ kind: 'client-secret', name: 'acme' }] })
    quit()
    await settle()
    expect(happened).toEqual(['held', 'One client secret is not saved.'])
  })

  it('loses sessions when the person says so', async () => {
    const { happened, quit } = setUp({ views: [unsaved], answer: true })
    quit()
    await settle()
    expect(happened).toEqual(['held', 'One session is not saved.', 'finished', 'gone'])
  })

  it('asks nobody while the system shuts down', async () => {
    const { happened, quit } = setUp({ views: [unsaved], mayAsk: false })
    quit()
    await settle()
    expect(happened).toEqual(['held', 'finished', 'gone'])
  })

  it('does not wait for ever for what hangs', async () => {
    const { happened, quit, clock } = setUp({ hangs: true })
    quit()
    await clock.advance(4_999)
    expect(happened).toEqual(['held', 'finished'])
    await clock.advance(1)
    expect(happened).toEqual(['held', 'finished', 'gone'])
    expect(clock.armed).toBe(0)
  })
})

describe('quitting while tokens are under way', () => {
  it('waits for them as long as a request and a keychain that asks may take, then goes whatever else hangs', async () => {
    const { promise: tokensKept, resolve: kept } = Promise.withResolvers<void>()
    const { happened, quit, clock } = setUp({ hangs: true, tokensKept })
    quit()
    await clock.advance(deadlineMs + 60_000)
    expect(happened).toEqual(['held'])
    kept()
    await clock.advance(5_000)
    expect(happened).toEqual(['held', 'finished', 'gone'])
    expect(clock.armed).toBe(0)
  })

  it('asks about what the keychain did not take of them', async () => {
    const { promise: tokensKept, resolve: kept } = Promise.withResolvers<void>()
    const views: ProfileView[] = []
    const { happened, quit } = setUp({ views, tokensKept })
    quit()
    await settle()
    views.push(unsaved)
    kept()
    await settle()
    expect(happened).toEqual(['held', 'One session is not saved.'])
  })

  it('waits for those that came on their way while the person was asked', async () => {
    const { promise: later, resolve: kept } = Promise.withResolvers<void>()
    const underWay = [Promise.resolve(), later]
    const { happened, quit, clock } = setUp({
      hangs: true,
      get tokensKept() {
        return underWay.shift()
      },
    })
    quit()
    await clock.advance(5_000 + deadlineMs)
    expect(happened).toEqual(['held', 'finished'])
    kept()
    await settle()
    expect(happened).toEqual(['held', 'finished', 'gone'])
    expect(clock.armed).toBe(0)
  })

  it('does not wait for ever', async () => {
    const { happened, quit, clock } = setUp({ hangs: true, tokensKept: new Promise(() => {}) })
    quit()
    await clock.advance(200_000)
    expect(happened).toEqual(['held', 'finished', 'gone'])
  })
})

describe('a page that died', () => {
  it('is loaded again once; a second death within a minute asks', () => {
    let now = 0
    const rule = createLostPageRule(() => now)
    const at = (ms: number): string => {
      now = ms
      return rule()
    }
    expect([at(5), at(60_004), at(60_006), at(60_007)]).toEqual(['reload', 'ask', 'reload', 'ask'])
  })
})
