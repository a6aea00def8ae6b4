// Every step that Cognito can ask of somebody who signs in in a terminal, each user of the seed `all-flows` by one way in.
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run } from '../../../main/cli/run.ts'
import type { Terminal } from '../../../main/cli/world.ts'
import type { Profile, ProfileSettings } from '../../../main/profiles/profile.ts'
import {
  allFlows,
  FLOWS,
  FLOWS_CLIENT_SECRET,
  FLOWS_PASSWORD,
  FLOWS_TEMPORARY_PASSWORD,
  FLOWS_TOTP_SECRET,
} from '../../cognito-server/seeds-all-flows.ts'
import { startWorld, type TestWorld } from '../agent/support.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startWorld({ config: allFlows })
})
afterAll(() => world[Symbol.asyncDispose]())

/** What somebody types when a question like this is asked. */
type Typed = readonly [question: RegExp, answer: string | (() => string)]

interface Seen {
  readonly code: number
  readonly out: string
  /** All that was written and asked on stderr, in order. */
  readonly shown: string
}

/** One run of the command with somebody at the terminal, who types these answers in this order and no others. */
const person = async (
  args: readonly string[],
  answers: readonly Typed[],
  changes: Partial<Terminal> = {},
): Promise<Seen> => {
  const left = [...answers]
  const shown: string[] = []
  let out = ''
  const ask = async (question: string): Promise<string> => {
    shown.push(question)
    const [expected, answer] = left.shift() ?? []
    if (expected === undefined || answer === undefined || !expected.test(question))
      throw new Error(`asked: ${question}; expected: ${expected}`)
    return typeof answer === 'string' ? answer : answer()
  }
  const terminal: Terminal = {
    env: { SESAME_DEBUG: '1' },
    isInteractive: true,
    columns: 120,
    out: (text) => {
      out += text
    },
    note: (text) => void shown.push(text),
    readInput: async () => '',
    askSecret: ask,
    askLine: ask,
    onInterrupt: () => () => undefined,
    now: () => Date.now(),
    ...changes,
  }
  const code = await run(['--config-dir', world.configDir, ...args], terminal)
  expect(left.map(([question]) => question)).toEqual([])
  return { code, out, shown: shown.join('\n') }
}

let profiles = 0
const profileOf = async (
  pool: { readonly id: string; readonly clients: readonly { readonly id: string }[] },
  username: string,
  settings: Partial<ProfileSettings> = {},
): Promise<Profile> => {
  profiles += 1
  return world.add({
    name: `${username} ${profiles}`,
    userPoolId: pool.id,
    clientId: pool.clients[0]?.id ?? '',
    username,
    ...settings,
  })
}

const totp = (): string => {
  world.server.clock.advance(30_000)
  return new TOTP({ secret: FLOWS_TOTP_SECRET }).generate({ timestamp: world.server.clock.now() })
}
const sentTo = (username: string) => (): string =>
  world.server.outbox.latest(username)?.code ?? 'none was sent'
const password: Typed = [/^Password of /, FLOWS_PASSWORD]
const { everything, mfaSetup, totpSetup, devicesAsked } = FLOWS

describe('a person at a terminal is led through', () => {
  test.each<
    [
      what: string,
      username: string,
      settings: Partial<ProfileSettings>,
      answers: readonly Typed[],
      shown: RegExp,
    ]
  >([
    ['SRP', 'plain', {}, [password], /^Password of plain:$/],
    ['a plain password', 'plain', { signInMethod: 'password' }, [password], /^/],
    [
      'a wrong password, asked again',
      'plain',
      {},
      [[/^Password/, 'Wrong-1'], password],
      /Incorrect username/,
    ],
    ['a missing username', 'plain', { username: undefined }, [[/^Username:/, 'plain'], password], /^/],
    [
      'a choice of ways, by number, a wrong one asked again',
      'choice',
      { signInMethod: 'choice' },
      [
        [/^Number/, '9'],
        [/^Number/, 'EMAIL_OTP'],
        [/^Code sent to c\*\*\*@e\*\*\*/, sentTo('choice')],
      ],
      /How do you want to sign in\?\n {2}1 {2}\S/,
    ],
    [
      'the password among the ways',
      'choice',
      { signInMethod: 'choice' },
      [
        [/^Number/, 'PASSWORD_SRP'],
        [/^Password:$/, FLOWS_PASSWORD],
      ],
      /Password \(PASSWORD_SRP\)/,
    ],
    [
      'the way the profile prefers, with another code on Enter alone',
      'choice',
      { signInMethod: 'choice', preferredChallenge: 'EMAIL_OTP' },
      [
        [/Enter alone sends another/, ''],
        [/^Code/, '000000'],
        [/^Code/, sentTo('choice')],
      ],
      /Another code is on its way\.\n[\s\S]*That code is not right/,
    ],
    ['an authenticator app', 'totp', {}, [password, [/authenticator app \(A phone\)/, totp]], /^/],
    ['a text message', 'sms', {}, [password, [/^Code sent to \+/, sentTo('sms')]], /^/],
    ['a mail', 'mail', {}, [password, [/^Code sent to m/, sentTo('mail')]], /^/],
    [
      'a choice of second factors',
      'several',
      {},
      [password, [/^Number \(1 to 3\)/, 'SOFTWARE_TOKEN_MFA'], [/authenticator app/, totp]],
      /Which second factor\?\n[\s\S]*Code by text message \(SMS_MFA\)/,
    ],
    [
      'questions of the pool, with what came with them',
      'plain',
      { signInMethod: 'custom' },
      [
        [/^Password of plain \(Enter alone/, ''],
        [/^Answer/, 'analytical'],
        [/^Answer/, '1843'],
      ],
      /question: Which engine did Ada write for\?\n {2}hint: Not the Difference[\s\S]*In which year\?/,
    ],
    [
      'a challenge newer than Sesame',
      'future',
      {},
      [password, [/^Answer/, 'brown'], [/^Name of the response/, 'ANSWER']],
      /RETINA_SCAN, which Sesame does not know[\s\S]*EYE: left/,
    ],
    [
      'a reset that an administrator asked for',
      'reset',
      {},
      [password, [/^Code/, ''], [/^Code sent to/, sentTo('reset')], [/^New password/, 'Another-Way-In-2']],
      /An administrator asked for this password to be reset/,
    ],
    [
      'the confirmation of a sign-up',
      'unconfirmed',
      {},
      [password, [/^Code/, ''], [/^Code sent to/, sentTo('unconfirmed')]],
      /^/,
    ],
    [
      'a new password that is too weak at first, and the attributes the pool wants',
      'newcomer',
      {},
      [
        [/^Password/, FLOWS_TEMPORARY_PASSWORD],
        [/^New password/, 'weak'],
        [/^name:/, 'New Comer'],
        [/^New password/, 'Another-Way-In-2'],
        [/^name:/, 'New Comer'],
      ],
      /This password is temporary[\s\S]*does not meet the rules/,
    ],
  ])('%s', async (_what, username, settings, answers, shown) => {
    const profile = await profileOf(everything, username, settings)
    const seen = await person(['sign-in', profile.id], answers)
    expect(seen).toMatchObject({ code: 0, out: `Signed in to ${profile.name}.\n` })
    expect(seen.shown).toMatch(shown)
    expect(world.engine.sessions.isAuthenticated(profile.id)).toBe(true)
  })

  test('a forgotten password', async () => {
    const profile = await profileOf(everything, 'mail')
    const seen = await person(
      ['sign-in', profile.id, '--forgot-password'],
      [
        [/^Code sent to m/, '000000'],
        [/^New password/, 'Another-Way-In-3'],
        [/^Code sent to m/, sentTo('mail')],
        [/^New password/, 'Another-Way-In-3'],
        [/^Code sent to m/, sentTo('mail')],
      ],
    )
    expect(seen).toMatchObject({ code: 0 })
  })

  test('a new authenticator app, by a code to scan or a secret to type', async () => {
    const profile = await profileOf(totpSetup, 'setup')
    let secret = ''
    const noted: string[] = []
    const seen = await person(
      ['sign-in', profile.id],
      [
        password,
        [
          /^Code the app shows/,
          () => {
            secret = /Secret: {2}([A-Z2-7 ]+)/.exec(noted.join('\n'))?.[1]?.replaceAll(' ', '') ?? ''
            return new TOTP({ secret }).generate({ timestamp: world.server.clock.now() })
          },
        ],
        [/^Name of the app/, 'a phone'],
      ],
      { note: (text) => void noted.push(text) },
    )
    expect(seen).toMatchObject({ code: 0 })
    expect(noted.join('\n')).toContain(`otpauth://totp/`)
    expect(noted.join('\n')).toContain(`\u001b[97;40m${'█'.repeat(20)}`)
  })

  test('a choice of what to set up: codes by e-mail', async () => {
    const profile = await profileOf(mfaSetup, 'setup')
    const seen = await person(
      ['sign-in', profile.id],
      [
        password,
        [/^Number \(1 to 2\)/, 'email'],
        [/^E-mail address/, 'setup@example.com'],
        [/^Code sent to/, sentTo('setup')],
      ],
    )
    expect(seen).toMatchObject({ code: 0 })
    expect(seen.shown).toContain('requires a second factor, and this user has none yet')
  })

  test.each([
    ['y', true],
    ['n', false],
  ])('the question about this device, answered %s', async (answer, isRemembered) => {
    const profile = await profileOf(devicesAsked, 'desk')
    const seen = await person(
      ['sign-in', profile.id],
      [password, [/remember this device, .*\(y\/N\)/, answer]],
    )
    expect(seen).toMatchObject({ code: 0 })
    const devices = await world.engine.sessions.listDevices(profile.id)
    expect(devices.ok && devices.value.some(({ remembered }) => remembered === true)).toBe(isRemembered)
    for (const { key } of devices.ok ? devices.value : [])
      await world.engine.sessions.forgetDevice(profile.id, key)
  })
})

describe('where the terminal is not the place', () => {
  test('a passkey says why, and how to go on', async () => {
    const profile = await profileOf(everything, 'passkey', { signInMethod: 'choice', name: "ana's key" })
    const seen = await person(['sign-in', profile.id], [[/^Number/, 'WEB_AUTHN']])
    expect(seen).toMatchObject({ code: 4, out: '' })
    expect(seen.shown).toMatch(/belongs to the web address[\s\S]*sesame sign-in 'ana'\\''s key' --browser/)
  })
  test('a user who is disabled is refused', async () => {
    const profile = await profileOf(everything, 'disabled')
    expect(await person(['sign-in', profile.id], [password])).toMatchObject({ code: 4, out: '' })
  })
  test('three wrong passwords are enough', async () => {
    const profile = await profileOf(everything, 'several')
    const wrong: Typed = [/^Password/, 'Wrong-1']
    expect(await person(['sign-in', profile.id], [wrong, wrong, wrong])).toMatchObject({ code: 4 })
  })
})

describe('a script', () => {
  const script = (args: readonly string[], input = '') =>
    person(args, [], { isInteractive: false, columns: undefined, readInput: async () => input })

  test('chooses and answers by options', async () => {
    const profile = await profileOf(everything, 'several')
    const seen = await script(
      ['sign-in', profile.id, '--password-stdin', '--choose', 'SOFTWARE_TOKEN_MFA', '--code', totp()],
      FLOWS_PASSWORD,
    )
    // The password goes first where one is required, whatever is chosen after it.
    expect(seen).toMatchObject({ code: 0 })
  })
  test('chooses the password among the ways', async () => {
    const profile = await profileOf(everything, 'choice', { signInMethod: 'choice' })
    for (const choose of [[], ['--choose', 'PASSWORD']]) {
      const seen = await script(['sign-in', profile.id, '--password-stdin', ...choose], FLOWS_PASSWORD)
      expect(seen).toMatchObject({ code: 0 })
    }
  })
  test('hears what it can choose', async () => {
    const profile = await profileOf(everything, 'choice', { signInMethod: 'choice' })
    const seen = await script(['sign-in', profile.id, '--choose', 'PALM'])
    expect(seen.code).toBe(2)
    expect(seen.shown).toMatch(/"PALM" is not offered here\. [\s\S]*--choose: [\w, ]*EMAIL_OTP/)
  })
  test('with a client secret is signed in as well', async () => {
    const profile = await profileOf(everything, 'plain', {
      clientId: everything.clients[1]?.id ?? '',
      hasClientSecret: true,
    })
    await world.engine.vault.writeClientSecret(profile, FLOWS_CLIENT_SECRET)
    expect(await script(['sign-in', profile.id, '--password-stdin'], FLOWS_PASSWORD)).toMatchObject({
      code: 0,
    })
  })
})

test('whoever interrupts a question leaves no sign-in behind', async () => {
  const profile = await profileOf(everything, 'totp')
  const asked: string[] = []
  const interrupt = async (question: string): Promise<string> => {
    asked.push(question)
    if (question.startsWith('Password')) return FLOWS_PASSWORD
    throw Object.assign(new Error('closed'), { name: 'ExitPromptError' })
  }
  const cancel = vi.spyOn(world.engine.sessions, 'cancelSignIn')
  const seen = await person(['sign-in', profile.id], [], { askSecret: interrupt })
  expect(seen).toMatchObject({ code: 130, out: '' })
  expect(asked).toHaveLength(2)
  expect(cancel).toHaveBeenCalledOnce()
})
