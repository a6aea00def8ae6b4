import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { appMenuTemplate } from '../../../main/desktop/app-menu.ts'
import { mostProfiles, type TrayActions, trayTemplate, trayToolTip } from '../../../main/desktop/tray-menu.ts'
import { lossQuestion, unsavedProfiles } from '../../../main/desktop/unsaved.ts'
import { failure } from '../../../main/failure.ts'
import type { AppCommand, ProfileView, SessionView } from '../../../preload/views.ts'
import { liveSession, sampleView } from '../ipc/sample-views.ts'

type Template = readonly MenuItemConstructorOptions[]
const children = (item: MenuItemConstructorOptions | undefined): Template =>
  Array.isArray(item?.submenu) ? item.submenu : []
const all = (template: Template): Template => template.flatMap((item) => [item, ...all(children(item))])
const find = (template: Template, label: string): MenuItemConstructorOptions | undefined =>
  all(template).find((item) => item.label === label || item.id === label || item.role === label)
const click = (template: Template, label: string): void => {
  Reflect.apply(find(template, label)?.click ?? (() => expect.unreachable(label)), undefined, [])
}

const clockTime = (epochMs: number): string => new Date(epochMs).toISOString().slice(11, 16)
const trayOf = (views: readonly ProfileView[]) => {
  const calls: unknown[][] = []
  const record =
    (name: string) =>
    (...args: unknown[]): void => {
      calls.push([name, ...args])
    }
  const actions: TrayActions = {
    showWindow: () => record('showWindow')(),
    showProfile: record('showProfile'),
    signIn: record('signIn'),
    refresh: record('refresh'),
    copyCredentials: record('copyCredentials'),
    copyAccessToken: record('copyAccessToken'),
    signOutEverywhere: () => record('signOutEverywhere')(),
    quit: () => record('quit')(),
  }
  return { calls, template: trayTemplate(views, clockTime, actions) }
}

const offline = failure('network.offline')
const live = liveSession()
const liveFields = live.status === 'active' ? live : expect.unreachable('liveSession is active')

describe('the tray says of each profile what is true', () => {
  it.each<[string, SessionView, string]>([
    ['loading', { status: 'loading' }, 'Loading'],
    ['signed out', { status: 'signed-out', revocationPending: false }, 'Signed out'],
    ['keychain locked', { status: 'unavailable', failure: failure('vault.locked') }, 'Keychain not readable'],
    ['active', live, 'Active until 23:13'],
    ['refreshing', { ...liveFields, status: 'refreshing' }, 'Refreshing'],
    ['offline', { ...liveFields, status: 'offline', failure: offline }, 'Offline, valid until 23:13'],
    ['attention', { ...liveFields, status: 'attention', failure: offline }, 'Needs attention'],
    ['ended', { status: 'ended', username: 'ana', failure: failure('session.ended') }, 'Sign in again'],
  ])('%s', (_name, session, words) => {
    const { template } = trayOf([sampleView(1, session)])
    expect(template.map(({ label }) => label)).toContain(`profile 1   ${words}`)
  })
})

describe('the tray', () => {
  it('groups profiles by environment, in the order of the list', () => {
    const { template } = trayOf([
      sampleView(1, undefined, { environment: 'development' }),
      sampleView(2, undefined, { environment: 'production', name: 'R&D' }),
      sampleView(3, undefined, { environment: 'development' }),
    ])
    expect(template.map(({ label, type }) => label ?? type)).toEqual([
      'Show Sesame',
      'separator',
      'Production',
      'R&&D   Signed out',
      'separator',
      'Development',
      'profile 1   Signed out',
      'profile 3   Signed out',
      'separator',
      'Sign Out Everywhere…',
      'Quit Sesame',
    ])
  })

  it('copies credentials of a live profile in its own format, and its access token', () => {
    const { template, calls } = trayOf([sampleView(1, live, { exportFormat: 'powershell' })])
    const { id } = sampleView(1).profile
    click(template, 'Copy AWS Credentials as PowerShell')
    click(template, 'Copy Access Token')
    click(template, 'Refresh Now')
    click(template, 'Show')
    expect(calls).toEqual([
      ['copyCredentials', id, 'powershell'],
      ['copyAccessToken', id],
      ['refresh', id],
      ['showProfile', id],
    ])
    expect(find(template, 'Sign In…')).toBeUndefined()
  })

  it('offers signing in, and nothing to copy, where nobody is signed in', () => {
    const { template, calls } = trayOf([sampleView(1)])
    expect(find(template, 'Copy AWS Credentials as bash')?.enabled).toBe(false)
    expect(find(template, 'Copy Access Token')?.enabled).toBe(false)
    expect(find(template, 'Sign Out Everywhere…')?.enabled).toBe(false)
    click(template, 'Sign In…')
    expect(calls).toEqual([['signIn', sampleView(1).profile.id]])
  })

  it('offers signing in where the session cannot be read, but not before anybody has looked', () => {
    const signInOf = (session: SessionView) => find(trayOf([sampleView(1, session)]).template, 'Sign In…')
    expect(signInOf({ status: 'unavailable', failure: failure('vault.absent') })).toBeDefined()
    expect(signInOf({ status: 'loading' })).toBeUndefined()
  })

  it('has no credentials to copy without an identity pool', () => {
    const { template } = trayOf([sampleView(1, live, { identityPoolId: undefined })])
    expect(find(template, 'Copy AWS Credentials as bash')?.enabled).toBe(false)
    expect(find(template, 'Copy Access Token')?.enabled).toBe(true)
  })

  it('shows, signs out everywhere and quits', () => {
    const { template, calls } = trayOf([sampleView(1, live)])
    for (const label of ['Show Sesame', 'Sign Out Everywhere…', 'Quit Sesame']) click(template, label)
    expect(calls).toEqual([['showWindow'], ['signOutEverywhere'], ['quit']])
  })

  it('stays short with a thousand profiles, and leaves out none that is live', () => {
    const views = Array.from({ length: 1_000 }, (_, n) => sampleView(n, n % 100 === 99 ? live : undefined))
    const { template } = trayOf(views)
    const profiles = template.filter(({ submenu }) => submenu)
    expect(profiles).toHaveLength(mostProfiles)
    expect(profiles.filter(({ label }) => label?.includes('Active'))).toHaveLength(10)
    expect(find(template, 'more')?.label).toBe('970 More in Sesame…')
    expect(trayToolTip(views)).toBe('Sesame: 10 of 1000 signed in')
  })

  it('is of use without a profile', () => {
    const { template } = trayOf([])
    expect(template.map(({ label, type }) => label ?? type)).toEqual([
      'Show Sesame',
      'separator',
      'Sign Out Everywhere…',
      'Quit Sesame',
    ])
    expect(trayToolTip([])).toBe('Sesame')
  })
})

describe('the application menu', () => {
  const menuOf = (platform: NodeJS.Platform, packaged = true) => {
    const commands: AppCommand[] = []
    let logs = 0
    const template = appMenuTemplate({
      platform,
      packaged,
      command: (command) => commands.push(command),
      showLogs: () => {
        logs += 1
      },
    })
    return { template, commands, logs: () => logs }
  }

  it.each(['darwin', 'win32', 'linux'] as const)(
    'lets text be edited and the app be left on %s',
    (platform) => {
      const { template } = menuOf(platform)
      expect(find(template, 'editMenu')).toBeDefined()
      expect(find(template, platform === 'darwin' ? 'appMenu' : 'quit')).toBeDefined()
    },
  )

  it('asks the window for what the window does', () => {
    const { template, commands, logs } = menuOf('linux')
    for (const id of ['add-profile', 'open-palette', 'sign-out-everywhere', 'show-logs']) click(template, id)
    expect(commands).toEqual([
      { kind: 'add-profile' },
      { kind: 'open-palette' },
      { kind: 'sign-out-everywhere' },
    ])
    expect(logs()).toBe(1)
  })

  it('has developer tools only in an unpackaged build', () => {
    expect(find(menuOf('linux', false).template, 'toggleDevTools')).toBeDefined()
    expect(find(menuOf('linux').template, 'toggleDevTools')).toBeUndefined()
    expect(find(menuOf('linux').template, 'reload')).toBeUndefined()
  })
})

describe('the question before quitting', () => {
  const unsaved = liveSession(0, 'in-memory')

  it('is about sessions that the keychain should have and has not', () => {
    const views = [
      sampleView(1, unsaved),
      sampleView(2, live),
      sampleView(3, unsaved, { storage: 'memory' }),
      sampleView(4),
    ]
    expect(unsavedProfiles(views)).toEqual([views[0]])
  })

  const nothing = { sessions: [], clientSecrets: [], devices: [], signOuts: [] }

  it('names them, and keeps the app running unless told otherwise', () => {
    const names = Array.from({ length: 10 }, (_, n) => `profile ${n}`)
    const question = lossQuestion({ ...nothing, sessions: names })
    expect(question?.message).toBe('10 sessions are not saved.')
    expect(question?.detail).toContain('profile 0, profile 1')
    expect(question?.detail).toContain('and 2 more')
    expect(question?.buttons[question.cancelId]).toBe('Stay')
    expect(question?.defaultId).toBe(question?.cancelId)
    expect(lossQuestion({ ...nothing, sessions: ['a'] })?.message).toBe('One session is not saved.')
    expect(lossQuestion(nothing)).toBeUndefined()
  })

  it('is about client secrets and remembered devices too, and says once how to keep it all', () => {
    const question = lossQuestion({ ...nothing, sessions: ['a'], clientSecrets: ['b'], devices: ['c', 'd'] })
    expect(question?.message).toBe(
      'One session is not saved. One client secret is not saved. 2 lists of remembered devices are not saved.',
    )
    expect(question?.detail.split('\n\n')).toEqual([
      'The keychain has not taken it, so quitting ends it: a.',
      'The keychain has not taken it, so quitting loses it: b.',
      'The keychain has not taken them, so quitting loses them: c, d. The next sign-in there asks for the second factor again.',
      'To keep them, unlock or start the keychain, then choose Retry in the status bar.',
    ])
  })

  it('says of sign-outs that Cognito has not heard of what lives on', () => {
    const question = lossQuestion({ ...nothing, signOuts: ['acme'] })
    expect(question?.message).toBe('One sign-out has not reached Cognito.')
    expect(question?.detail).toContain('in memory only, so quitting gives it up: acme.')
    expect(question?.detail).toContain('until its refresh token expires')
  })
})
