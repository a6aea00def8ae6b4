// P4: profiles come in from other tools' files and from another Sesame, seen before anything changes, by keyboard; and go out without
// a secret.
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright/test'
import { test as base, expect } from './fixtures.ts'
import { focusIsOn, tabTo } from './focus.ts'
import { takePictures } from './pictures.ts'
import type { SesameWindow } from './sesame-window.ts'
import { demoUsers, inputFor } from './world.ts'

const { ada, linus, margaret } = demoUsers

const pool = 'eu-west-1_Ab12Cd34E'
const clients = { outputs: 'amplifyoutputs00000000000a', exports: 'awsexports0000000000000000' }

const amplifyOutputs = JSON.stringify(
  {
    version: '1.4',
    auth: {
      user_pool_id: pool,
      aws_region: 'eu-west-1',
      user_pool_client_id: clients.outputs,
      identity_pool_id: 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
      oauth: {
        domain: 'acme.auth.eu-west-1.amazoncognito.com',
        scopes: ['openid', 'email'],
        redirect_sign_in_uri: ['https://app.example.com/'],
        redirect_sign_out_uri: [],
        response_type: 'code',
      },
    },
  },
  undefined,
  2,
)

const awsExports = `/* eslint-disable */
const awsmobile = {
    "aws_project_region": "eu-west-1",
    "aws_user_pools_id": "${pool}",
    "aws_user_pools_web_client_id": "${clients.exports}",
    "authenticationFlowType": "USER_PASSWORD_AUTH",
};
export default awsmobile;
`

const cdkOutputs = JSON.stringify({
  WebStack: {
    UserPoolId: pool,
    WebClientId: 'cdkwebclient00000000000000',
    SiteUrl: 'https://app.example.com',
  },
  AdminStack: { UserPoolId: 'eu-west-1_Zz98Yy76X', AdminClientId: 'cdkadminclient000000000000' },
})

const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${pool}`

/** A folder of the person's own. */
const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  folder: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'sesame-files-'))
    await provide(folder)
    await rm(folder, { recursive: true })
  },
})

const fileIn = (folder: string, name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** What the person chooses in the system's file dialogs from now on; undefined cancels them. */
const choose = (electron: ElectronApplication, path: string | undefined): Promise<void> =>
  electron.evaluate(({ dialog }, chosen) => {
    const canceled = chosen === undefined
    dialog.showOpenDialog = () => Promise.resolve({ canceled, filePaths: canceled ? [] : [chosen] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: chosen ?? '' })
  }, path)

/** Chooses in the menu beside "Add", without a mouse. */
const addBy = async ({ page, menu, dialog }: SesameWindow, item: RegExp): Promise<void> => {
  // What was open has given the focus back; a Tab before that would go on from somewhere else.
  await expect(menu).toBeHidden()
  await expect(dialog).toBeHidden()
  await focusIsOn(page, /./)
  const others = page.getByRole('button', { name: 'Other ways to add' })
  await tabTo(page, /^button Other ways to add$/)
  // Pressed on the button itself: what has just closed may give the focus back late.
  await others.press('Enter')
  await page.getByRole('menuitem', { name: item }).press('Enter')
}

/** Imports what is ticked in the open preview. */
const importTicked = async ({ page, dialog }: SesameWindow, count: number): Promise<void> => {
  const button = `Import ${count === 1 ? '1 profile' : `${count} profiles`}`
  await tabTo(page, new RegExp(`^button ${button}$`))
  await dialog.getByRole('button', { name: button, exact: true }).press('Enter')
  await expect(dialog).toBeHidden()
}

/** Every profile, in order, but for the ids of this machine. */
const settingsIn = async (sesame: SesameWindow) => {
  const app = await sesame.request('app.load')
  if (!app.ok) throw new Error(app.failure.message)
  return app.value.profiles.map(({ profile }) => ({ ...profile, id: '' }))
}

const fromFile = /Import from a file…/
const byPaste = /Paste configuration…/

test('each of the five kinds is shown and imported without a mouse', async ({
  app: { electron },
  sesame,
  cognito,
  folder,
}) => {
  const { page, dialog } = sesame
  await page.keyboard.press('Tab')
  await tabTo(page, /^button Other ways to add$/)
  await page.keyboard.press('Enter')
  await focusIsOn(page, /^menuitem Add profile…/)
  await takePictures(sesame, 'add-menu')
  await page.keyboard.press('Escape')
  const shared = { kind: 'sesame-profiles', version: 1, profiles: [inputFor(linus, cognito.url).settings] }
  const files = [
    ['amplify_outputs.json', amplifyOutputs, 'the outputs of Amplify', pool],
    ['aws-exports.js', awsExports, 'an Amplify configuration', `${pool} · copy`],
    ['from-a-colleague.json', JSON.stringify(shared), 'profiles exported by Sesame', 'linus'],
  ] as const
  for (const [name, text, words, profile] of files) {
    await choose(electron, undefined)
    await addBy(sesame, fromFile)
    await expect(dialog).toBeHidden()
    await choose(electron, fileIn(folder, name, text))
    await addBy(sesame, fromFile)
    await expect(dialog.getByText(`Found in ${name}: ${words}`)).toBeVisible()
    await takePictures(sesame, `import-${name.replace(/\..*/, '')}`)
    await importTicked(sesame, 1)
    await expect(sesame.row(profile)).toBeVisible()
  }

  await addBy(sesame, byPaste)
  await focusIsOn(page, /^textarea Text/)
  await page.keyboard.insertText(cdkOutputs)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+c')
  await tabTo(page, /^button Show what is in it$/)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Found in the text: CDK outputs')).toBeVisible()
  await takePictures(sesame, 'import-cdk-outputs')
  await importTicked(sesame, 2)
  await expect(sesame.row('WebStack')).toBeVisible()

  // The same text again, pasted where a new profile is typed: nothing is new in it.
  await addBy(sesame, /Add profile…/)
  await focusIsOn(page, /^input Name/)
  await page.keyboard.press('ControlOrMeta+v')
  await expect(dialog.getByText('no change', { exact: true })).toHaveCount(2)
  await page.keyboard.press('Escape')

  await addBy(sesame, byPaste)
  await focusIsOn(page, /^textarea Text/)
  await page.keyboard.insertText(issuer)
  await tabTo(page, /^button Show what is in it$/)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('It does not name the app client id.')).toBeVisible()
  await takePictures(sesame, 'import-pool-address')
  await tabTo(page, /^button Fill in the rest$/)
  await page.keyboard.press('Enter')
  await expect(sesame.field('User pool id')).toHaveValue(pool)
  await focusIsOn(page, /^input Name/)
  await page.keyboard.type('by hand')
  await tabTo(page, /^input App client id/)
  await page.keyboard.type('byhand00000000000000000000')
  await page.keyboard.press('Enter')
  await expect(sesame.row('by hand')).toBeVisible()

  expect(await settingsIn(sesame)).toMatchObject([
    {
      name: pool,
      userPoolId: pool,
      clientId: clients.outputs,
      domain: 'https://acme.auth.eu-west-1.amazoncognito.com',
      scopes: ['openid', 'email'],
    },
    { name: `${pool} · copy`, clientId: clients.exports, signInMethod: 'password' },
    { ...inputFor(linus, cognito.url).settings },
    { name: 'WebStack', userPoolId: pool, clientId: 'cdkwebclient00000000000000' },
    { name: 'AdminStack', userPoolId: 'eu-west-1_Zz98Yy76X' },
    { name: 'by hand', userPoolId: pool },
  ])
})

test('an import that overlaps shows what changes, and changes only what was ticked', async ({
  app: { electron },
  sesame,
  cognito,
  folder,
}) => {
  const settingsOf = (name: string, clientId: string) => ({
    ...inputFor(linus, cognito.url, { name, clientId: `${clientId}00000000000000000000` }).settings,
  })
  const there = ['same', 'changes', 'left', 'taken']
  for (const name of there) await sesame.seedProfile({ settings: settingsOf(name, name) })
  const before = await settingsIn(sesame)
  const profiles = [
    settingsOf('same', 'same'),
    {
      ...settingsOf('changes', 'changes'),
      environment: 'production',
      signInMethod: 'custom',
      credentialsFlow: 'basic',
      credentialsSeconds: 7_200,
      // What only the person of this machine may allow; no file does.
      availableToCommandLine: true,
      awsFiles: { kind: 'credential-process', section: 'acme' },
      containerEndpoint: true,
      endpoints: { sts: 'https://sts.example.com' },
    },
    { ...settingsOf('left', 'left'), username: 'linus', scopes: ['openid'] },
    settingsOf('taken', 'another'),
    { ...settingsOf('new', 'new'), callbackUrl: 'https://nobody.example.com/' },
  ]
  const text = JSON.stringify({ kind: 'sesame-profiles', version: 1, profiles })
  await choose(electron, fileIn(folder, 'team.json', text))
  await sesame.page.keyboard.press('Tab')
  await addBy(sesame, fromFile)

  const row = (name: string) =>
    sesame.dialog
      .getByRole('row')
      .filter({ has: sesame.page.getByRole('checkbox', { name: `Import ${name}`, exact: true }) })
  const { dialog } = sesame
  await expect(dialog.getByRole('row')).toHaveCount(1 + profiles.length)
  await expect(row('same')).toContainText('no change')
  for (const change of [
    'sign-in method: srp → custom',
    'way to credentials: not set → basic',
    'seconds that credentials last: not set → 7200',
    `STS endpoint: ${cognito.url} → https://sts.example.com`,
  ])
    await expect(row('changes')).toContainText(change)
  for (const kept of ['environment', 'command line', 'AWS files', 'container'])
    await expect(row('changes')).not.toContainText(kept)
  await expect(row('left')).toContainText('scopes: not set → openid')
  await expect(
    dialog.getByText('Another profile is named taken, so this one gets another name.'),
  ).toBeVisible()
  await expect(dialog.getByText(/^callbackUrl was left out\. A callback URL looks like/)).toBeVisible()
  await takePictures(sesame, 'import-overlapping')

  await tabTo(sesame.page, /^input Import left$/)
  await sesame.page.keyboard.press('Space')
  await importTicked(sesame, 3)
  const after = await settingsIn(sesame)
  expect(after.map(({ name }) => name)).toEqual([...there, 'taken · copy', 'new'])
  expect(after.filter((_, index) => [0, 2, 3].includes(index))).toEqual(
    before.filter((_, index) => [0, 2, 3].includes(index)),
  )
  expect(after[1]).toEqual({
    ...before[1],
    signInMethod: 'custom',
    credentialsFlow: 'basic',
    credentialsSeconds: 7_200,
    endpoints: { ...before[1]?.endpoints, sts: 'https://sts.example.com' },
  })
})

test('a file that cannot be taken is named with the place and the remedy, and nothing is lost', async ({
  app: { electron },
  sesame,
  cognito,
  folder,
}) => {
  const { page, dialog } = sesame
  await sesame.seedProfile(inputFor(linus, cognito.url))
  const before = await settingsIn(sesame)
  const good = fileIn(folder, 'amplify_outputs.json', amplifyOutputs)
  const large = fileIn(folder, 'large.json', ' '.repeat(2 * 1024 * 1024))
  await mkdir(join(folder, 'folder.json'))
  const broken = fileIn(
    folder,
    'broken.json',
    amplifyOutputs.slice(0, amplifyOutputs.indexOf('"aws_region"')),
  )

  await page.keyboard.press('Tab')
  await choose(electron, broken)
  await addBy(sesame, fromFile)
  await expect(dialog.getByRole('alert')).toContainText('This configuration has a mistake in it')
  await expect(dialog.getByRole('alert')).toContainText('Correct the place named here')
  await expect(dialog.getByRole('alert')).toContainText('broken.json: line 5, column 5')
  await takePictures(sesame, 'import-broken')

  for (const [path, words] of [
    [
      fileIn(folder, 'notes.json', '{"about":"something else"}'),
      /names a user pool.*Use amplify_outputs.*notes\.json/s,
    ],
    [large, /large\.json: It is larger than 512 kB/],
    [join(folder, 'folder.json'), /could not be read.*Check its permissions.*folder\.json/s],
    [join(folder, 'gone.json'), /could not be read.*gone\.json: It is not there any more/s],
  ] as const) {
    await choose(electron, path)
    await tabTo(page, /^button Choose a file…$/)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toContainText(words)
  }

  await tabTo(page, /^textarea Text/)
  await page.keyboard.insertText('{ "auth": ')
  await tabTo(page, /^button Show what is in it$/)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('line 1, column 11')
  await expect(dialog.getByLabel('Text')).toHaveValue('{ "auth": ')
  expect(await settingsIn(sesame)).toEqual(before)

  await choose(electron, good)
  await tabTo(page, /^button Choose a file…$/)
  await page.keyboard.press('Enter')
  await importTicked(sesame, 1)
  expect(await settingsIn(sesame)).toHaveLength(2)
})

test('what one Sesame exports another one imports as it was, without a secret', async ({
  open,
  cognito,
  folder,
}) => {
  const canary = '0canary0client0secret0of0the0export0test00000000000'
  const first = await open()
  const inputs = [
    {
      ...inputFor(ada, cognito.url, {
        environment: 'production',
        clientMetadata: { tenant: 'acme', apiKey: 'canary-api-key' },
        roleArn: 'arn:aws:iam::111122223333:role/Ops',
      }),
      clientSecret: canary,
    },
    inputFor(linus, cognito.url, {
      signInMethod: 'browser',
      domain: cognito.url,
      callbackUrl: 'sesame://callback',
    }),
    inputFor(margaret, cognito.url, {
      awsFiles: { kind: 'credentials-section', section: 'm' },
      storage: 'memory',
    }),
  ]
  for (const input of inputs) await first.sesame.seedProfile(input)
  const exportAll = async (): Promise<void> => {
    await first.sesame.button('Settings').click()
    await first.sesame.page.getByRole('menuitem', { name: 'Export profiles…' }).click()
  }
  await choose(first.electron, join(fileIn(folder, 'no-folder', ''), 'out.json'))
  await exportAll()
  await expect(first.sesame.page.getByText('The file could not be written.')).toBeVisible()
  await expect(first.sesame.page.getByText(/Check free space and permissions/)).toBeVisible()
  const path = join(folder, 'sesame-profiles.json')
  await choose(first.electron, path)
  await exportAll()
  await expect(first.sesame.page.getByText('Exported 3 profiles to sesame-profiles.json')).toBeVisible()
  const exported = await settingsIn(first.sesame)
  await first.close()

  const text = readFileSync(path, 'utf8')
  for (const secret of [canary, 'canary-api-key', linus.password, linus.client.secret ?? canary])
    expect(text).not.toContain(secret)

  const second = await open({ configDir: await mkdtemp(join(folder, 'other-')) })
  await choose(second.electron, path)
  await second.sesame.page.keyboard.press('Tab')
  await addBy(second.sesame, fromFile)
  await expect(
    second.sesame.dialog.getByText(/Its app client has a secret, which no file carries/),
  ).toBeVisible()
  await takePictures(second.sesame, 'import-shared')
  await importTicked(second.sesame, 3)
  const [production, ...others] = exported
  expect(await settingsIn(second.sesame)).toEqual([
    { ...production, clientMetadata: { tenant: 'acme' } },
    // What was allowed on the other machine is not on this one.
    ...others.map(({ awsFiles: _allowed, ...settings }) => settings),
  ])
})
