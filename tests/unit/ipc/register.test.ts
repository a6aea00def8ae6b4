import { describe, expect, it } from 'vitest'
import { fail, failure, ok } from '../../../main/failure.ts'
import type { Handlers } from '../../../main/ipc/handler.ts'
import type { IpcMainPort, SenderEvent } from '../../../main/ipc/port.ts'
import { registerRequests } from '../../../main/ipc/register.ts'
import type { Log } from '../../../main/logging/log.ts'
import { requestNames } from '../../../preload/channels.ts'
import { liveSession, sampleView } from './sample-views.ts'
import { stubHandlers } from './stub-handlers.ts'

const ourWindow = 7
const page = { url: 'app://sesame/', parent: null }
const trusted: SenderEvent = { sender: { id: ourWindow }, senderFrame: page }
const id = '00000000-0000-4000-8000-000000000001'

const setUp = (handlers: Partial<Handlers> = {}) => {
  const registered = new Map<string, Parameters<IpcMainPort['handle']>[1]>()
  const logged: string[] = []
  const write = (event: string, fields: unknown = {}): void => {
    logged.push(`${event} ${JSON.stringify(fields)}`)
  }
  const log: Log = { info: write, warn: write, error: write }
  registerRequests({
    ipcMain: {
      handle: (channel, listener) => {
        registered.set(channel, listener)
      },
    },
    handlers: { ...stubHandlers, ...handlers },
    isOurWindow: (senderId) => senderId === ourWindow,
    log,
  })
  return {
    registered,
    logged,
    send: (event: SenderEvent, channel: string, ...args: unknown[]): unknown =>
      registered.get(channel)?.(event, ...args),
  }
}

describe('a request reaches its handler', () => {
  it('for every name of the contract, and for no other', () => {
    const { registered } = setUp()
    expect([...registered.keys()].toSorted()).toEqual([...requestNames].toSorted())
    expect(registered.has('session.refreshToken')).toBe(false)
  })

  it('with its arguments, optional ones left out or not, and comes back with its value', async () => {
    const moves: unknown[][] = []
    const { send } = setUp({
      'profiles.move': (...args) => {
        moves.push(args)
        return ok(undefined)
      },
    })
    expect(await send(trusted, 'profiles.move', id, 'staging')).toEqual({ ok: true, value: undefined })
    expect(await send(trusted, 'profiles.move', id, 'other', id)).toEqual({ ok: true, value: undefined })
    expect(moves).toEqual([
      [id, 'staging'],
      [id, 'other', id],
    ])
  })

  it('and an expected failure comes back as a value, whole', async () => {
    const refused = failure('session.ended', { detail: 'Refresh Token has been revoked', requestId: 'r-1' })
    const { send } = setUp({ 'session.refresh': () => ({ ok: false, failure: refused }) })
    expect(await send(trusted, 'session.refresh', id)).toEqual({ ok: false, failure: refused })
  })
})

describe('a sender that is not our page is refused before anything else', () => {
  const gone: SenderEvent = {
    sender: { id: ourWindow },
    get senderFrame(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    },
  }
  const frame = (url: string, parent: unknown = null): SenderEvent => ({
    sender: { id: ourWindow },
    senderFrame: { url, parent },
  })
  it.each<[string, SenderEvent, string]>([
    ['a frame that is gone (null)', { sender: { id: ourWindow }, senderFrame: null }, 'no-frame'],
    ['a frame that is gone (throws)', gone, 'no-frame'],
    ['another window', { sender: { id: 8 }, senderFrame: page }, 'other-window'],
    ['a sub-frame on our origin', frame('app://sesame/', page), 'sub-frame'],
    ['a web page', frame('https://sesame/'), 'other-origin'],
    ['another host of our scheme', frame('app://evil/'), 'other-origin'],
    ['a host that starts like ours', frame('app://sesame.evil/'), 'other-origin'],
    ['our host as a user name', frame('app://sesame@evil/'), 'other-origin'],
    ['a file', frame('file:///app://sesame/'), 'other-origin'],
    ['a blank page', frame('about:blank'), 'other-origin'],
  ])('%s', async (_name, event, verdict) => {
    let called = false
    const { send, logged } = setUp({
      'app.load': () => {
        called = true
        return fail('session.none')
      },
    })
    expect(await send(event, 'app.load')).toMatchObject({ ok: false, failure: { code: 'request.refused' } })
    expect(called).toBe(false)
    expect(logged).toEqual([`ipc.refused {"request":"app.load","verdict":"${verdict}"}`])
  })
})

describe('arguments that do not fit never reach the handler', () => {
  it.each<[string, string, unknown[], { field?: string }]>([
    ['missing', 'session.refresh', [], {}],
    ['too many', 'session.refresh', [id, 'more'], {}],
    ['not a profile id', 'session.refresh', ['../../etc/passwd'], {}],
    ['an object for a string', 'session.refresh', [{ toString: 'x' }], {}],
    ['an unknown member of an enumeration', 'session.signOut', [id, 'galaxy'], {}],
    [
      'a long username',
      'signIn.begin',
      [id, { username: 'a'.repeat(129), password: 'p' }],
      { field: 'username' },
    ],
    ['a missing field', 'signIn.begin', [id, { password: 'p' }], { field: 'username' }],
    ['an unknown kind of answer', 'signIn.answer', ['attempt', { kind: 'magic' }], { field: 'kind' }],
    ['null', 'app.setTheme', [null], {}],
  ])('%s', async (_name, channel, args, expected) => {
    const calls: unknown[] = []
    const trap = (): never => {
      calls.push(channel)
      throw new Error('reached')
    }
    const { send, logged } = setUp({
      'session.refresh': trap,
      'session.signOut': trap,
      'signIn.begin': trap,
      'signIn.answer': trap,
      'app.setTheme': trap,
    })
    const answer = await send(trusted, channel, ...args)
    expect(answer).toMatchObject({ ok: false, failure: { code: 'input.invalid', ...expected } })
    expect(calls).toEqual([])
    expect(logged.join()).toContain('ipc.arguments-invalid')
  })

  it('and their content is neither logged nor sent back', async () => {
    const { send, logged } = setUp()
    const answer = await send(trusted, 'signIn.begin', id, {
      username: ['canary-user'],
      password: 'canary-pw'.repeat(40),
    })
    expect(JSON.stringify([answer, logged])).not.toContain('canary')
  })
})

describe('a result is checked on its way out', () => {
  it('a field that the contract does not name stays in main', async () => {
    const view = { ...sampleView(1, liveSession()), refreshToken: 'canary' }
    const session = { ...view.session, tokens: { refreshToken: 'canary' } }
    const { send } = setUp({ 'profiles.add': () => ok({ ...view, session }) })
    const answer = await send(trusted, 'profiles.add', { settings: {} })
    expect(answer).toEqual({ ok: true, value: sampleView(1, liveSession()) })
  })

  it('one that does not fit becomes internal.bug, logged without its content', async () => {
    const broken = Object.assign(sampleView(1), { region: { canary: 'canary' } })
    const { send, logged } = setUp({ 'profiles.add': () => ok(broken) })
    expect(await send(trusted, 'profiles.add', { settings: {} })).toMatchObject({
      failure: { code: 'internal.bug' },
    })
    expect(logged).toEqual([
      'ipc.result-invalid {"request":"profiles.add","issues":["region: invalid_type"]}',
    ])
  })

  it('a failure with an unknown code becomes internal.bug, too', async () => {
    const { send } = setUp({
      // @ts-expect-error -- the bug that the check is there for
      'session.refresh': () => ({ ok: false, failure: { code: 'made.up', message: '', remedy: '' } }),
    })
    expect(await send(trusted, 'session.refresh', id)).toMatchObject({ failure: { code: 'internal.bug' } })
  })

  it.each([
    [
      'thrown',
      () => {
        throw new Error('canary')
      },
    ],
    ['rejected', () => Promise.reject(new Error('canary'))],
  ])('an exception (%s) becomes internal.bug, its text stays in main', async (_name, handler) => {
    const { send, logged } = setUp({ 'session.refresh': handler })
    const answer = await send(trusted, 'session.refresh', id)
    expect(answer).toMatchObject({ ok: false, failure: { code: 'internal.bug' } })
    expect(JSON.stringify(answer)).not.toContain('canary')
    expect(logged.join()).toContain('ipc.handler-threw')
  })
})
