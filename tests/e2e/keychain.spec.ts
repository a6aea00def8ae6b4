// P8 and "Done when" 3: sessions are kept in a real gnome-keyring, found again after a crash, and missed out loud where the
// keychain is locked or not there.
import { once } from 'node:events'
import { clientSecretAccount, sessionAccount } from '../../main/vault/accounts.ts'
import { type Keyring, type KeyringStart, missingForKeyring, startKeyring } from '../integration/keyring.ts'
import {
  test as base,
  cognitoSaw,
  expect,
  type OpenOptions,
  type RunningSesame,
  signIn,
  signInAs,
} from './fixtures.ts'
import { storedItem } from './stored.ts'
import { demoUsers, inputFor } from './world.ts'

const { ada, linus } = demoUsers

interface Fixtures {
  readonly keyringStart: KeyringStart
  readonly keyring: Keyring
  /** How the app is opened to meet that keyring and no other. */
  readonly onKeyring: OpenOptions
}

const test = base.extend<Fixtures>({
  keyringStart: ['unlocked', { option: true }],
  keyring: async ({ keyringStart }, provide) => {
    const keyring = await startKeyring(keyringStart)
    await provide(keyring)
    await keyring.stop()
  },
  onKeyring: async ({ keyring }, provide) => {
    await provide({
      vault: 'keychain',
      env: { ...keyring.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
    })
  },
})

test.skip(missingForKeyring().length > 0, `no real keyring: ${missingForKeyring().join(', ')} is missing`)

/** Ends the app as a crash would. */
const crash = async ({ electron }: RunningSesame): Promise<void> => {
  const gone = once(electron.process(), 'exit')
  electron.process().kill('SIGKILL')
  await gone
}

const storedSession = (keyring: Keyring, configDir: string, id: string): Promise<string | undefined> =>
  storedItem(keyring, configDir, sessionAccount(id))

test('a killed app finds its session in the keychain and goes on without a sign-in', async ({
  open,
  keyring,
  onKeyring,
  cognito,
  configDir,
}) => {
  const first = await open(onKeyring)
  const id = await signInAs(first.sesame, cognito, ada)
  await expect(first.sesame.status).toContainText('Keychain: Secret Service, unlocked')
  await expect.poll(() => storedSession(keyring, configDir, id)).toContain('refreshToken')
  await crash(first)

  cognito.requests.clear()
  const second = await open(onKeyring)
  await second.sesame.select('ada')
  await expect(second.sesame.badge('Active')).toBeVisible()
  await second.sesame.button('Refresh').click()
  // Refreshing takes the client secret, too, which nobody typed this time.
  await cognitoSaw(cognito, { operation: 'GetTokensFromRefreshToken', outcome: 'ok' })
  await expect(second.sesame.badge('Active')).toBeVisible()
  await second.sesame.openTab('Activity')
  await expect(second.sesame.pane.getByText('Session restored from the keychain')).toBeVisible()
  expect(cognito.requests.count({ operation: 'InitiateAuth' })).toBe(0)
})

test('with rotation the app that starts again goes on with the newest token', async ({
  open,
  keyring,
  onKeyring,
  cognito,
  configDir,
}) => {
  const first = await open(onKeyring)
  const id = await signInAs(first.sesame, cognito, linus)
  const stored = (): Promise<string | undefined> => storedSession(keyring, configDir, id)
  await expect.poll(stored).toContain('refreshToken')
  const before = await stored()
  await first.sesame.button('Refresh').click()
  await expect.poll(stored).not.toBe(before)
  await crash(first)

  // Past the grace period: the token before the last would be a reuse, and end the session.
  cognito.clock.advance(60_000)
  const second = await open(onKeyring)
  await second.sesame.select('linus')
  await second.sesame.button('Refresh').click()
  await cognitoSaw(cognito, { operation: 'GetTokensFromRefreshToken', outcome: 'ok' }, 2)
  await expect(second.sesame.badge('Active')).toBeVisible()
})

test('a locked keychain is said, and unlocking brings the sessions back', async ({
  open,
  keyring,
  onKeyring,
  cognito,
}) => {
  const first = await open(onKeyring)
  await signInAs(first.sesame, cognito, linus)
  await first.close()
  await keyring.lock()

  const { sesame } = await open(onKeyring)
  await sesame.select('linus')
  await expect(sesame.status).toContainText('Keychain: Secret Service, locked')
  await expect(sesame.pane.getByText('The keychain is locked')).toBeVisible()
  await expect(sesame.badge('Keychain locked')).toBeVisible()
  await expect(sesame.row('linus')).toContainText('Locked')

  expect(await sesame.request('vault.retry')).toMatchObject({ ok: true, value: { kind: 'locked' } })
  await expect(sesame.badge('Keychain locked')).toBeVisible()
  await keyring.unlock()
  await sesame.status.getByRole('button', { name: 'Retry' }).click()
  await expect(sesame.badge('Active')).toBeVisible()
  await expect(sesame.status).toContainText('Keychain: Secret Service, unlocked')
  await expect(sesame.pane.getByText('The keychain is locked')).toBeHidden()
})

test('a sign-out without a network is completed by the app that starts after it', async ({
  open,
  keyring,
  onKeyring,
  cognito,
  configDir,
}) => {
  const first = await open(onKeyring)
  const id = await signInAs(first.sesame, cognito, linus)
  const down = cognito.faults.add({ match: { times: 'always' }, fault: { kind: 'reset' } })
  await first.sesame.signOut('this device')
  await expect(first.sesame.pane.getByText('The sign-out still has to reach Cognito')).toBeVisible()
  await expect.poll(() => storedSession(keyring, configDir, id)).toContain('signedOut')
  await crash(first)

  down.remove()
  const { sesame } = await open(onKeyring)
  await cognitoSaw(cognito, { operation: 'RevokeToken', outcome: 'ok' })
  await sesame.select('linus')
  await sesame.signedOut()
  await expect(sesame.row('linus')).not.toContainText('Pending')
})

test('a removed profile leaves nothing in the keychain', async ({
  open,
  keyring,
  onKeyring,
  cognito,
  configDir,
}) => {
  const { sesame } = await open(onKeyring)
  const id = await signInAs(sesame, cognito, ada)
  const secret = (): Promise<string | undefined> => storedItem(keyring, configDir, clientSecretAccount(id))
  await expect.poll(secret).toContain(ada.client.secret)
  await sesame.openMenuOf('ada')
  await sesame.chooseInMenu('Remove…')
  await sesame.button('Remove profile').click()
  await expect(sesame.heading).toHaveText('No profiles yet')
  await expect.poll(secret).toBeUndefined()
  await expect.poll(() => storedSession(keyring, configDir, id)).toBeUndefined()
})

test.describe('without a keychain', () => {
  test.use({ keyringStart: 'no-provider' })

  test('sessions stay in memory, say so, and are saved once there is one', async ({
    open,
    keyring,
    onKeyring,
    cognito,
    configDir,
  }) => {
    const { sesame } = await open(onKeyring)
    await expect(sesame.status).toContainText('No keychain: sessions stay in memory')
    await expect(sesame.pane.getByText('No keychain is running')).toBeVisible()
    const id = await signInAs(sesame, cognito, linus)
    await expect(sesame.badge('Not saved')).toBeVisible()
    await expect(sesame.pane.getByText('This session is not saved')).toBeVisible()

    await keyring.startDaemon('unlocked')
    await sesame.status.getByRole('button', { name: 'Retry' }).click()
    await expect(sesame.badge('Not saved')).toBeHidden()
    await expect(sesame.status).toContainText('Keychain: Secret Service, unlocked')
    await expect.poll(() => storedSession(keyring, configDir, id)).toContain('refreshToken')
  })

  test('quitting asks before it loses a session, and staying keeps it', async ({
    open,
    keyring,
    onKeyring,
    cognito,
  }) => {
    await keyring.killBus()
    const { sesame, electron } = await open(onKeyring)
    await expect(sesame.status).toContainText('No keychain: sessions stay in memory')
    await sesame.seedProfile(inputFor(linus, cognito.url))
    await sesame.select('linus')
    await signIn(sesame, linus)
    await electron.evaluate(({ app, dialog }) => {
      const questions: unknown[] = []
      Object.assign(globalThis, { questions })
      // The person stays at the first question, and quits at the next.
      const ask = async (options: unknown): Promise<Electron.MessageBoxReturnValue> => {
        questions.push(options)
        return { response: questions.length === 1 ? 1 : 0, checkboxChecked: false }
      }
      Object.assign(dialog, { showMessageBox: ask })
      app.quit()
    })
    await expect
      .poll(() => electron.evaluate(() => Reflect.get(globalThis, 'questions')))
      .toMatchObject([{ message: 'One session is not saved.', buttons: ['Quit Anyway', 'Stay'] }])
    await expect(sesame.badge('Active')).toBeVisible()
  })
})
