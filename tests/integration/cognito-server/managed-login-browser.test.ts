// The pages of managed login in a real Chromium: what a person fills in and where it leads.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { decodeJwt } from 'jose'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../browser.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { PASSWORD } from './kit.ts'
import { loginPool, relyingParty } from './managed-login-kit.ts'

let browser: Browser
let server: CognitoServer
let callback: string
const landing = createServer((_, response) => response.end('landed'))

beforeAll(async () => {
  browser = await launchBrowser()
  landing.listen(0, '127.0.0.1')
  await once(landing, 'listening')
  const address = landing.address()
  callback = `http://localhost:${typeof address === 'object' ? address?.port : ''}/callback`
  const clients = loginPool.clients.map((client) => ({ ...client, callbackUrls: [callback] }))
  server = await startCognitoServer({ pools: [{ ...loginPool, clients }] })
})
afterAll(async () => {
  await browser.close()
  await server.close()
  landing.close()
})

test('a person mistypes a password, signs in, and is not asked a second time', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const party = await relyingParty(server)
  const url = party.authorizeUrl({ redirect_uri: callback, login_hint: 'ada@example.com' }).href
  await page.goto(url)
  expect(await page.getByLabel('Username').inputValue()).toBe('ada@example.com')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('Incorrect username or password.').waitFor()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByLabel('Password').press('Enter')
  await page.waitForURL(`${callback}?*`)
  const tokens = await party.exchange(new URL(page.url()), callback)
  expect(decodeJwt(tokens.access_token)['username']).toBe('ada')

  const again = await relyingParty(server)
  await page.goto(again.authorizeUrl({ redirect_uri: callback }).href)
  await page.waitForURL(`${callback}?*`)
  await again.exchange(new URL(page.url()), callback)
  await context.close()
})

test('a person goes by way of a federated provider', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const party = await relyingParty(server)
  await page.goto(party.authorizeUrl({ redirect_uri: callback }).href)
  await page.getByRole('link', { name: 'Continue with Corp' }).click()
  await page.getByRole('button', { name: 'Continue as kay@corp.example' }).click()
  await page.waitForURL(`${callback}?*`)
  const tokens = await party.exchange(new URL(page.url()), callback)
  expect(decodeJwt(tokens.access_token)['username']).toBe('Corp_007')
  await context.close()
})
