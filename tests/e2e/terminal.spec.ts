// P15 and P16: the running app gives credentials to programs in a terminal, as long as a person wants it to.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { awsCli, callerIdentityOf } from './aws-cli.ts'
import { expect, readClipboard, readLog, signInAs, test } from './fixtures.ts'
import { demoUsers, inputFor } from './world.ts'

const { ada, linus } = demoUsers

/** As an SDK does with these lines in its environment. */
const askWith = (lines: string): Promise<Response> => {
  const value = (name: string): string => new RegExp(`${name}='?([^'\\n]+)`).exec(lines)?.[1] ?? ''
  return fetch(value('FULL_URI'), { headers: { authorization: value('AUTHORIZATION_TOKEN') } })
}

test('the AWS CLI is served by the container endpoint that a switch opens, until it closes', async ({
  sesame,
  electron,
  cognito,
}, testInfo) => {
  test.skip(awsCli === undefined, 'the AWS CLI is not installed')
  await signInAs(sesame, cognito, ada)
  await sesame.openTab('Credentials')
  const endpoint = sesame.page.getByRole('region', { name: 'Container endpoint' })
  const toggle = endpoint.getByRole('checkbox', { name: /^Container endpoint/ })
  await expect(toggle).not.toBeChecked()
  // By its key: what stands above it is still being fetched, and moves it.
  await toggle.press('Space')
  await expect(toggle).toBeChecked()
  const lines = endpoint.getByRole('region', { name: 'Lines for a program' })
  await expect(lines).toContainText(/FULL_URI='http:\/\/127\.0\.0\.1:\d+\/credentials'/)
  await expect(lines).toContainText(/AUTHORIZATION_TOKEN=•+\s/)

  const copyLines = async (): Promise<string> => {
    const before = await readClipboard(electron)
    await endpoint.getByRole('button', { name: 'Copy lines' }).click()
    await expect.poll(() => readClipboard(electron)).not.toBe(before)
    return readClipboard(electron)
  }
  const copied = await copyLines()
  expect(await callerIdentityOf(copied, cognito.url)).toMatchObject({
    Arn: expect.stringContaining('assumed-role/SesameDemoAdmin'),
  })

  // Another role of the token is what the same lines give from then on.
  await sesame.page.getByLabel('Role', { exact: true }).selectOption({ label: 'SesameDemoReader' })
  await expect(sesame.pane.getByRole('button', { name: /^Copy role ARN: .*SesameDemoReader$/ })).toBeVisible()
  expect(await callerIdentityOf(copied, cognito.url)).toMatchObject({
    Arn: expect.stringContaining('assumed-role/SesameDemoReader'),
  })

  for (const theme of ['Light', 'Dark'] as const) {
    await sesame.chooseTheme(theme)
    await sesame.page.locator(`html[data-theme=${theme.toLowerCase()}]`).waitFor()
    await toggle.scrollIntoViewIfNeeded()
    await sesame.page.screenshot({ path: testInfo.outputPath(`endpoint-${theme.toLowerCase()}.png`) })
  }

  await endpoint.getByRole('button', { name: 'Show token' }).click()
  await expect(lines).toContainText(copied.split('\n')[1] ?? 'no line')
  await endpoint.getByRole('button', { name: 'New token' }).click()
  await expect(lines).toContainText('••••')
  expect((await askWith(copied)).status).toBe(403)

  const renewed = await copyLines()
  expect((await askWith(renewed)).status).toBe(200)
  await toggle.click()
  await expect(lines).toHaveCount(0)
  await expect(askWith(renewed)).rejects.toThrow('fetch failed')
})

test('the credential_process that the app writes works for a tool that knows no PATH', async ({
  open,
  cognito,
  configDir,
}) => {
  test.skip(awsCli === undefined, 'the AWS CLI is not installed')
  const files = {
    AWS_CONFIG_FILE: join(configDir, 'aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(configDir, 'aws', 'credentials'),
  }
  const { sesame } = await open({ env: files })
  await signInAs(sesame, cognito, linus, { availableToCommandLine: true })
  await sesame.openTab('Credentials')
  const region = sesame.page.getByRole('region', { name: 'AWS files' })
  await region.getByLabel('Keep ~/.aws up to date').selectOption('credential-process')
  await region.getByRole('button', { name: 'Show what will be written' }).click()
  const shown = region.getByRole('region', { name: /^What will be in/ })
  await expect(shown).toContainText(/credential_process = .*\/cli\.js credential-process --config-dir/)
  await expect(region.getByRole('note')).toHaveCount(0)
  await region.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(region.getByText('kept up to date from now on')).toBeVisible()
  expect(readFileSync(files.AWS_CONFIG_FILE, 'utf8')).toContain('[profile linus]')

  const args = ['--profile', 'linus', 'sts', 'get-caller-identity', '--endpoint-url', cognito.url]
  const { stdout } = await promisify(execFile)(awsCli ?? '', args, {
    env: { ...files, PATH: '/nonexistent', HOME: configDir, XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] },
  })
  expect(JSON.parse(stdout)).toMatchObject({ Arn: expect.stringContaining('assumed-role/') })
})

test('the AWS console opens in the browser, by an address that is good once and a link that only it sees', async ({
  sesame,
  electron,
  cognito,
  configDir,
}) => {
  const { url } = cognito
  const endpoints = { userPool: url, identityPool: url, sts: url, federation: url }
  await signInAs(sesame, cognito, linus, { endpoints })
  await sesame.openTab('Credentials')
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
  await sesame.page.getByRole('button', { name: 'Open AWS console' }).click()
  const handed = async (): Promise<string> =>
    String(await electron.evaluate(() => Reflect.get(globalThis, 'opened')))
  await expect.poll(handed).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]+$/)
  const answer = await fetch(await handed())
  expect(await answer.text()).toMatch(
    /assumed-role\/SesameDemoReader.* at https:\/\/console\.aws\.amazon\.com/,
  )
  await expect(sesame.page.getByText('Opened the AWS console in the browser')).toBeVisible()
  await expect(fetch(await handed())).rejects.toThrow('fetch failed')

  const link = answer.url
  expect(link).toContain('SigninToken=')
  await sesame.page.getByRole('button', { name: 'More about the AWS console' }).click()
  await sesame.page.getByRole('menuitem', { name: 'Copy console link' }).click()
  await expect.poll(() => readClipboard(electron)).toContain(`${url}/federation?Action=login`)
  const secret = (text: string): string => new URL(text).searchParams.get('SigninToken') ?? 'none'
  const log = JSON.stringify(readLog(configDir))
  for (const text of [link, await readClipboard(electron)]) expect(log).not.toContain(secret(text))
})

test('the preflight names the step that fails, and every step passes once it is mended', async ({
  sesame,
  cognito,
}, testInfo) => {
  const identityPoolId = 'eu-central-1:00000000-de30-4c0d-8e3a-0c0f0a11b175'
  const id = await signInAs(sesame, cognito, linus, { identityPoolId })
  await sesame.openTab('Credentials')
  const region = sesame.page.getByRole('region', { name: "Why don't I get credentials?" })
  const ask = region.getByRole('button', { name: "Why don't I get credentials?" })
  const steps = region.getByRole('listitem')
  await ask.click()
  await expect(steps).toHaveCount(7)
  await expect(region.getByRole('img', { name: 'Failed' })).toHaveCount(1)
  await expect(steps.nth(4)).toContainText('AWS does not know this identity pool in this region.')
  await expect(steps.nth(4)).toContainText('Compare the identity pool id')
  for (const theme of ['Light', 'Dark'] as const) {
    await sesame.chooseTheme(theme)
    await sesame.page.locator(`html[data-theme=${theme.toLowerCase()}]`).waitFor()
    await steps.last().scrollIntoViewIfNeeded()
    await sesame.page.screenshot({ path: testInfo.outputPath(`preflight-${theme.toLowerCase()}.png`) })
  }
  await sesame.request('profiles.update', id, inputFor(linus, cognito.url))
  await ask.click()
  await expect(region.getByRole('img', { name: 'Passed' })).toHaveCount(7)
  await sesame.page.screenshot({ path: testInfo.outputPath('preflight-passed.png') })
})
