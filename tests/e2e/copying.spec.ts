// P14 and P18: what is copied, in which form, and that it does not stay on the clipboard.
import { type CredentialFormat, credentialFormats } from '../../main/profiles/profile.ts'
import { formatLabels } from '../../renderer/format/credential-formats.ts'
import { expect, readClipboard, signInAs, test } from './fixtures.ts'
import { demoUsers } from './world.ts'

const { ada, linus } = demoUsers

const formats = {
  bash: /^export AWS_ACCESS_KEY_ID='?ASIA\w{16}'?$/m,
  fish: /^set -gx AWS_ACCESS_KEY_ID '?ASIA\w{16}'?;?$/m,
  powershell: /^\$env:AWS_ACCESS_KEY_ID ?= ?["']ASIA\w{16}["']$/m,
  cmd: /^set "?AWS_ACCESS_KEY_ID=ASIA\w{16}"?\r?$/m,
  dotenv: /^AWS_ACCESS_KEY_ID=["']?ASIA\w{16}["']?$/m,
  json: /^\{\s*"[^]+"ASIA\w{16}"[^]+\}\s*$/,
  'aws-credentials': /^\[.*ada.*\]\n(?:.*\n)*aws_access_key_id ?= ?ASIA\w{16}$/m,
} satisfies Record<CredentialFormat, RegExp>

test('credentials are copied in each of the seven formats, and the profile remembers the last', async ({
  open,
  cognito,
}) => {
  const app = await open()
  const { sesame, electron } = app
  await signInAs(sesame, cognito, ada)
  for (const format of credentialFormats) {
    const { label } = formatLabels[format]
    await sesame.button(/^Format: /).click()
    await sesame.page.getByRole('menuitemradio', { name: label }).click()
    await expect(sesame.button(`Format: ${label}`)).toBeVisible()
    await sesame.button('Copy AWS credentials').click()
    await expect.poll(() => readClipboard(electron)).toMatch(formats[format])
  }
  expect(cognito.requests.count({ operation: 'GetCredentialsForIdentity' })).toBe(1)
  await app.close()
  const again = await open()
  await again.sesame.select('ada')
  await again.sesame.openTab('Settings')
  await expect(again.sesame.pane.getByText('AWS file', { exact: true })).toBeVisible()
})

test('tokens are copied for curl, as a header too', async ({ sesame, electron, cognito }) => {
  await signInAs(sesame, cognito, linus)
  const shapes = {
    'Copy ID token': /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/,
    'Copy Bearer header': /^Authorization: Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+$/,
    'Copy access token': /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/,
  }
  const copied = new Set([''])
  for (const [name, shape] of Object.entries(shapes)) {
    await sesame.button(name).click()
    await expect.poll(async () => !copied.has(await readClipboard(electron))).toBe(true)
    const text = await readClipboard(electron)
    expect(text).toMatch(shape)
    copied.add(text)
  }
  const [, idToken = ''] = copied
  const payload: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
  expect(payload).toMatchObject({ token_use: 'id', email: 'linus@example.com' })
})

test('the clipboard says when it clears, and is cleared at once on request', async ({
  sesame,
  electron,
  cognito,
}) => {
  await signInAs(sesame, cognito, linus)
  await sesame.button('Copy access token').click()
  await expect(sesame.status).toContainText(/Clipboard clears in (4[0-5]|3\d) s/)
  await sesame.status.getByRole('button', { name: 'Clear' }).click()
  await expect.poll(() => readClipboard(electron)).toBe('')
  await expect(sesame.status).not.toContainText('Clipboard')
})

test('what somebody else put on the clipboard meanwhile is left there', async ({
  sesame,
  electron,
  cognito,
}) => {
  await signInAs(sesame, cognito, linus)
  await sesame.button('Copy access token').click()
  await expect.poll(() => readClipboard(electron)).toMatch(/^eyJ/)
  await electron.evaluate(({ clipboard }) => clipboard.writeText('a shopping list'))
  await sesame.status.getByRole('button', { name: 'Clear' }).click()
  await expect(sesame.status).not.toContainText('Clipboard')
  expect(await readClipboard(electron)).toBe('a shopping list')
})
