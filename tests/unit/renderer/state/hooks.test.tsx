// @vitest-environment jsdom
import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '../../../../main/failure.ts'
import { useAnswer, useAuthSession, useNow, useTicking } from '../../../../renderer/state/index.ts'
import { connected } from '../render.tsx'
import { sampleId, sampleNow, sampleProfile, sampleView } from '../samples.ts'

const hide = (hidden: boolean): void => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: sampleNow })
  })
  afterEach(() => {
    hide(false)
    vi.useRealTimers()
  })

  it('ticks on full seconds for all who listen, with one timer', () => {
    const first = renderHook(() => useTicking((now) => now))
    const second = renderHook(() => useNow(1_000))
    act(() => {
      vi.advanceTimersByTime(2_400)
    })
    expect(first.result.current).toBe(sampleNow + 2_000)
    expect(second.result.current).toBe(sampleNow + 2_000)
    expect(vi.getTimerCount()).toBe(1)
    first.unmount()
    second.unmount()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('renders only when what is made of it changes', () => {
    const renders = vi.fn<(value: number) => void>()
    renderHook(() => renders(useTicking((now) => Math.floor(now / 60_000))))
    act(() => {
      vi.advanceTimersByTime(9_000)
    })
    expect(renders).toHaveBeenCalledTimes(1)
    act(() => {
      vi.advanceTimersByTime(2_000)
    })
    expect(renders).toHaveBeenCalledTimes(2)
  })

  it('rests while the window is hidden, and is right at once when it is back', () => {
    const { result } = renderHook(() => useNow(1_000))
    act(() => {
      hide(true)
    })
    expect(vi.getTimerCount()).toBe(0)
    act(() => {
      vi.advanceTimersByTime(60_000)
    })
    expect(result.current).toBe(sampleNow)
    act(() => {
      hide(false)
    })
    expect(result.current).toBe(sampleNow + 60_000)
  })
})

describe('useAuthSession', () => {
  it('follows the session of a profile', async () => {
    const bridge = await connected()
    const { result } = renderHook(() => useAuthSession(sampleId(3)))
    expect(result.current.isAuthenticated).toBe(true)
    expect(result.current.live?.username).toBe('ana')
    act(() =>
      bridge.emit('profiles.changed', {
        changed: [sampleView(sampleProfile(3), { status: 'signed-out', revocationPending: false })],
      }),
    )
    expect(result.current).toMatchObject({ isAuthenticated: false, live: undefined })
    expect(result.current.session?.status).toBe('signed-out')
  })

  it('knows nothing of a profile that is not there', async () => {
    await connected()
    const { result } = renderHook(() => useAuthSession('gone'))
    expect(result.current).toEqual({ session: undefined, live: undefined, isAuthenticated: false })
  })
})

describe('reading from main', () => {
  it('another subject starts over; a late answer about the last one is dropped', async () => {
    const answers = new Map<string, (result: Result<string>) => void>()
    const ask = (subject: string) => () => new Promise<Result<string>>((done) => answers.set(subject, done))
    const { result, rerender } = renderHook(({ id }) => useAnswer(ask(id), id)[0], {
      initialProps: { id: 'a' },
    })
    expect(result.current.kind).toBe('loading')
    rerender({ id: 'b' })
    await act(async () => answers.get('b')?.(ok('B')))
    expect(result.current).toEqual({ kind: 'ready', value: 'B' })
    await act(async () => answers.get('a')?.(ok('A')))
    expect(result.current).toEqual({ kind: 'ready', value: 'B' })
  })

  it('a new version is asked for while the last answer stays', async () => {
    let n = 0
    const ask = async () => ok((n += 1))
    const { result, rerender } = renderHook(({ version }) => useAnswer(ask, 'a', version)[0], {
      initialProps: { version: 1 },
    })
    await waitFor(() => expect(result.current).toEqual({ kind: 'ready', value: 1 }))
    rerender({ version: 2 })
    expect(result.current).toEqual({ kind: 'ready', value: 1 })
    await waitFor(() => expect(result.current).toEqual({ kind: 'ready', value: 2 }))
  })

  it('a failure can be asked again', async () => {
    const replies: Result<string>[] = [fail('network.offline'), ok('there')]
    const ask = async () => replies.shift() ?? fail('internal.bug')
    const { result } = renderHook(() => useAnswer(ask, 'a'))
    await waitFor(() => expect(result.current[0].kind).toBe('failed'))
    act(() => {
      result.current[1]()
    })
    await waitFor(() => expect(result.current[0]).toEqual({ kind: 'ready', value: 'there' }))
  })
})
