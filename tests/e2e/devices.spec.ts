// Remembered devices in the window: remembered at a sign-in, named in every refresh, listed, forgotten here and behind our back.
import { startCognitoServer } from '../cognito-server/index.ts'
import { FLOWS, FLOWS_PASSWORD, FLOWS_TOTP_SECRET } from '../cognito-server/seeds-all-flows.ts'
import { test as base, cognitoSaw, expect } from './fixtures.ts'
import { takePictures } from './pictures.ts'
import type { SesameWindow } from './sesame-window.ts'
import { codeOf } from './world.ts'

const { devicesAsked: pool } = FLOWS
const user = { username: 'desk-totp', password: FLOWS_PASSWORD, totpSecret: FLOWS_TOTP_SECRET }

const test = base.extend({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  cognito: async ({}, provide) => {
    await using server = await startCognitoServer({ pools: [pool] })
    await provide(server)
  },
})

const profileAt = (url: string) => ({
  settings: {
    name: 'desk',
    environment: 'development',
    userPoolId: pool.id,
    clientId: pool.clients[0]?.id,
    hasClientSecret: false,
    signInMethod: 'srp',
    username: user.username,
    storage: 'keychain',
    refreshLeadSeconds: 300,
    refreshTokenLifetimeSeconds: 30 * 86_400,
    exportFormat: 'bash',
    endpoints: { userPool: url },
  },
})

const typePassword = async (sesame: SesameWindow): Promise<void> => {
  await sesame.openSignIn()
  await sesame.typePassword(user.username, user.password)
}

/** Signs in with the second factor and has the device remembered. */
const signInAndRemember = async (sesame: SesameWindow): Promise<void> => {
  await typePassword(sesame)
  await sesame.typeCode(codeOf(user))
  await sesame.dialog.getByRole('button', { name: 'Remember', exact: true }).click()
  await sesame.signedIn()
}

const devices = ({ page }: SesameWindow) => page.getByRole('region', { name: 'Remembered devices' })

test('a remembered device signs in without a code, refreshes by its key, and is forgotten where it is listed', async ({
  sesame,
  cognito,
}) => {
  await sesame.seedProfile(profileAt(cognito.url))
  await sesame.select('desk')
  await signInAndRemember(sesame)
  // The pool's tracking refuses a refresh that does not name its device.
  await sesame.button('Refresh').click()
  await cognitoSaw(cognito, { operation: 'GetTokensFromRefreshToken', outcome: 'ok' })
  await sesame.signOut('this device')
  await sesame.signedOut()

  await typePassword(sesame)
  await sesame.signedIn()
  expect(cognito.requests.count({ operation: 'ConfirmDevice', outcome: 'ok' })).toBe(1)

  await sesame.openTab('Settings')
  const device = devices(sesame)
  await expect(device.getByText(/^Sesame on /)).toBeVisible()
  await expect(device.getByText('this one')).toBeVisible()
  await expect(device.getByText(/^last seen .* from 127\.0\.0\.1$/)).toBeVisible()
  await device.scrollIntoViewIfNeeded()
  await takePictures(sesame, 'devices-listed')
  await device.getByRole('button', { name: /^Forget Sesame on / }).click()
  await expect(device.getByText('The user pool remembers none.')).toBeVisible()
  await expect(sesame.page.getByText(/^The user pool forgot Sesame on /)).toBeVisible()
  expect(cognito.requests.count({ operation: 'ForgetDevice', outcome: 'ok' })).toBe(1)
  await takePictures(sesame, 'devices-none')

  await sesame.signOut('this device')
  await sesame.signedOut()
  await typePassword(sesame)
  await expect(sesame.dialog.getByLabel('Code of six digits')).toBeVisible()
})

test('a device that was declined is remembered after all, and signs in without a code from then on', async ({
  sesame,
  cognito,
}) => {
  await sesame.seedProfile(profileAt(cognito.url))
  await sesame.select('desk')
  await typePassword(sesame)
  await sesame.typeCode(codeOf(user))
  await sesame.dialog.getByRole('button', { name: 'Don’t remember' }).click()
  await sesame.signedIn()
  await sesame.openTab('Settings')
  await expect(devices(sesame).getByText('known, and not to be remembered')).toBeVisible()
  await takePictures(sesame, 'devices-declined')
  await devices(sesame)
    .getByRole('button', { name: /^Remember Sesame on / })
    .click()
  await expect(devices(sesame).getByText(/^last seen /)).toBeVisible()
  await sesame.signOut('this device')
  await sesame.signedOut()
  await typePassword(sesame)
  await sesame.signedIn()
})

test('a device that the pool forgot meanwhile: the list and the session say so, and the next sign-in makes a new one', async ({
  sesame,
  cognito,
}) => {
  await sesame.seedProfile(profileAt(cognito.url))
  await sesame.select('desk')
  await signInAndRemember(sesame)
  await sesame.openTab('Settings')
  await expect(devices(sesame).getByText('this one')).toBeVisible()
  cognito.admin.forgetDevices(pool.id, user.username)
  await devices(sesame)
    .getByRole('button', { name: /^Forget Sesame on / })
    .click()
  await expect(sesame.page.getByText(/^The user pool had forgotten Sesame on .* already$/)).toBeVisible()
  await expect(devices(sesame).getByText('The user pool remembers none.')).toBeVisible()

  await sesame.button('Refresh').click()
  await expect(sesame.badge('Session ended')).toBeVisible()
  await signInAndRemember(sesame)
  await sesame.openTab('Settings')
  await expect(devices(sesame).getByText('this one')).toBeVisible()
  expect(cognito.requests.count({ operation: 'ConfirmDevice', outcome: 'ok' })).toBe(2)
})
