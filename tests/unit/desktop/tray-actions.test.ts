import { describe, expect, it } from 'vitest'
import { createTrayActions } from '../../../main/desktop/tray-actions.ts'
import { fail, ok, type Result } from '../../../main/failure.ts'
import { settle } from '../sessions/fake-clock.ts'

const setUp = (answer: () => Result<undefined>) => {
  const happened: unknown[] = []
  const messages: { title: string; body: string; click: (() => void) | undefined }[] = []
  const record =
    (name: string) =>
    (...args: unknown[]): Result<undefined> => {
      happened.push([name, ...args])
      return answer()
    }
  const actions = createTrayActions({
    handlers: {
      'credentials.copy': record('credentials.copy'),
      'session.copyToken': record('session.copyToken'),
      'session.refresh': record('session.refresh'),
    },
    nameOf: (profileId) => `name of ${profileId}`,
    showWindow: () => happened.push('window'),
    command: (command) => happened.push(command),
    notify: ({ title, body }, click) => messages.push({ title, body, click }),
    quit: () => happened.push('quit'),
    reportBug: (error) => happened.push(error),
  })
  return { actions, happened, messages }
}

describe('the tray menu', () => {
  it('copies and refreshes without the window, and says so', async () => {
    const { actions, happened, messages } = setUp(() => ok(undefined))
    actions.copyCredentials('p', 'fish')
    actions.copyAccessToken('p')
    actions.refresh('p')
    await settle()
    expect(happened).toEqual([
      ['credentials.copy', 'p', 'fish'],
      ['session.copyToken', 'p', 'access'],
      ['session.refresh', 'p'],
    ])
    expect(messages.map(({ title, body }) => `${title}: ${body.split('.')[0]}`)).toEqual([
      'name of p: AWS credentials copied',
      'name of p: Access token copied',
      'name of p: Refreshed',
    ])
  })

  it('says what failed and what to do, and leads to the profile', async () => {
    const { actions, happened, messages } = setUp(() => fail('session.ended'))
    actions.copyCredentials('p', 'bash')
    await settle()
    expect(messages[0]?.body).toMatch(/^This session has ended; .* Sign in again\.$/)
    messages[0]?.click?.()
    expect(happened.slice(1)).toEqual(['window', { kind: 'select-profile', profileId: 'p' }])
  })

  it('brings the window to the front before telling it what to do', () => {
    const { actions, happened } = setUp(() => ok(undefined))
    actions.signIn('p')
    actions.signOutEverywhere()
    actions.showProfile('p')
    expect(happened).toEqual([
      'window',
      { kind: 'sign-in', profileId: 'p' },
      'window',
      { kind: 'sign-out-everywhere' },
      'window',
      { kind: 'select-profile', profileId: 'p' },
    ])
  })

  it('reports a bug instead of dying of it', async () => {
    const bug = new Error('bug')
    const { actions, happened } = setUp(() => {
      throw bug
    })
    expect(() => actions.refresh('p')).not.toThrow()
    await settle()
    expect(happened).toContain(bug)
  })
})
