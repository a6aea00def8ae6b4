// `npm run demo -- --tour DIR`: the main job, done by itself through the real window against the demo's server, with a picture
// of every step. Each step checks what it claims; what AWS says is asked of AWS's own clients.
import { strict as assert } from 'node:assert'
import { join, resolve } from 'node:path'
import { CognitoIdentityProviderClient, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { TOTP } from 'otpauth'
import type { ElectronApplication } from 'playwright/test'
import { awsCli, callerIdentityBySdk, callerIdentityOf } from '../e2e/aws-cli.ts'
import { SesameWindow } from '../e2e/sesame-window.ts'
import { host, launchApp } from '../host/launch.ts'
import { startTour } from './steps.ts'
import { openTerminal } from './terminal.ts'
import { openDemoWorld, poolName, profileFor } from './world.ts'

const root = resolve(import.meta.dirname, '../..')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const readClipboard = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ clipboard }) => clipboard.readText())

/** Takes the tour. Answers whether every step held; `tour.json` in the folder says which. */
export const takeTour = async (folder: string): Promise<boolean> => {
  await using world = await openDemoWorld()
  const { server } = world
  const app = await launchApp({
    app: root,
    args: [`--config-dir=${world.configDir}`, '--memory-vault'],
    userDataDir: world.configDir,
  })
  const page = app.window
  const window = new SesameWindow(page)
  say(`The tour runs on ${host === 'electron' ? 'Electron' : 'the stand-in host'}; pictures in ${folder}`)
  const tour = await startTour(folder, page, say)

  const ada = world.userNamed('ada')
  const linus = world.userNamed('linus')
  const nameOf = (user: typeof ada): string => `${poolName(user.pool)} · ${user.username}`
  const authenticator = new TOTP({ secret: ada.totpSecret ?? '' })
  let accessToken = ''

  try {
    await tour.step('Open Sesame for the first time', async () => {
      await page.getByRole('heading', { name: 'No profiles yet' }).waitFor()
    })

    await tour.step('Add a profile', async () => {
      await window.button('Add profile').first().click()
      await window.fillProfile({
        name: nameOf(ada),
        userPoolId: ada.pool.userPoolId,
        clientId: ada.pool.clientId,
        clientSecret: ada.pool.clientSecret,
        identityPoolId: ada.pool.identityPoolId,
        username: ada.username,
        environment: 'production',
        endpoint: server.url,
      })
    })

    await tour.step('See the profile', async () => {
      await window.dialog.getByRole('button', { name: 'Add', exact: true }).click()
      await window.dialog.waitFor({ state: 'detached' })
      // The other users of the demo, so that there is something to switch to.
      for (const user of world.users)
        if (user !== ada) await window.seedProfile(profileFor(world, user, 'memory'))
      for (const user of world.users) await window.row(nameOf(user)).waitFor()
      await window.select(nameOf(ada))
    })

    await tour.step('Sign in with a password', async () => {
      await window.openSignIn()
      await window.typePassword(ada.username, ada.password)
      await page.getByRole('heading', { name: 'Enter the code from your authenticator' }).waitFor()
    })

    await tour.step('Answer with the authenticator', async () => {
      await window.typeCode(authenticator.generate())
      await window.signedIn()
    })

    await tour.step('Read the claims', async () => {
      await window.openTab('Claims')
      await page.getByText('Signature verified').nth(1).waitFor()
      await page.getByText('custom:team').first().waitFor()
    })

    await tour.step('Copy AWS credentials', async () => {
      await window.openTab('Credentials')
      await window.button('Copy AWS credentials').first().click()
      await window.status.getByText(/Clipboard clears in/).waitFor()
    })

    await tour.step('Verify them with STS', async () => {
      const block = await readClipboard(app.electron)
      assert.match(block, /^export AWS_ACCESS_KEY_ID=/m)
      const ask = awsCli !== undefined ? callerIdentityOf : callerIdentityBySdk
      const identity = await ask(block, server.url)
      assert.match(identity.Arn, /^arn:aws:sts::111122223333:assumed-role\/SesameDemoAdmin\//)
      await window.button('Test credentials').click()
      await page.getByText(identity.Arn).waitFor()
    })

    await tour.step('Sign in to the other pool', async () => {
      await window.select(nameOf(linus))
      await window.openSignIn()
      await window.typePassword(linus.username, linus.password)
      await window.signedIn()
    })

    await tour.step('Switch back', async () => {
      await window.select(nameOf(ada))
      await window.openTab('Overview')
    })

    await tour.step('Watch the session refresh by itself', async () => {
      await window.openTab('Activity')
      await page.getByText('Tokens refreshed').first().waitFor({ timeout: 70_000 })
      assert.ok(
        server.requests.count({ operation: 'GetTokensFromRefreshToken' }) > 0,
        'the server saw no refresh',
      )
    })

    await tour.step('Go dark', async () => {
      await window.openTab('Overview')
      await window.chooseTheme('Dark')
      await page.locator('html[data-theme=dark]').waitFor()
    })

    await tour.step('Read the claims in the dark', async () => {
      await window.openTab('Claims')
      await page.getByText('Signature verified').nth(1).waitFor()
    })

    await tour.step('Sign out of all devices', async () => {
      await window.openTab('Overview')
      await window.button('Copy access token').click()
      accessToken = await readClipboard(app.electron)
      await window.signOut('all devices')
      await window.signedOut()
    })

    await tour.step('The server refuses the old token', async () => {
      const client = new CognitoIdentityProviderClient({ endpoint: server.url, region: 'eu-central-1' })
      await assert.rejects(client.send(new GetUserCommand({ AccessToken: accessToken })), {
        name: 'NotAuthorizedException',
        message: 'Access Token has been revoked',
      })
    })

    await tour.step('Sign out everywhere', async () => {
      await window.button('Sign out everywhere…').click()
      await window.dialog.getByRole('button', { name: /^Sign out 1 session/ }).click()
      await window.dialog.getByText('done', { exact: true }).waitFor()
      await window.dialog.getByRole('button', { name: 'Close' }).last().click()
      await window.dialog.waitFor({ state: 'detached' })
    })

    await tour.step('Make the profile available to the command line', async () => {
      await window.openTab('Settings')
      await window.button('Edit').click()
      await window.openMore()
      const consent = window.dialog.getByLabel('Available to the command line')
      await consent.check()
      await consent.scrollIntoViewIfNeeded()
    })

    const terminal = await openTerminal({
      folder: join(world.configDir, 'terminal'),
      configDir: world.configDir,
      variables: { PASSWORD: ada.password, CODE: authenticator.generate() },
    })
    const name = `'${nameOf(ada)}'`

    await tour.step(
      'Sign in from a terminal',
      async () => {
        await window.dialog.getByRole('button', { name: 'Save' }).click()
        await window.dialog.waitFor({ state: 'detached' })
        await terminal.type(
          `printf '%s\\n' "$PASSWORD" | sesame sign-in ${name} --password-stdin --code "$CODE"`,
        )
        assert.match(await terminal.type(`sesame whoami ${name}`), /^Signed in as +ada$/m)
        // The window shows the session that the terminal began.
        await window.openTab('Overview')
        await window.signedIn()
      },
      terminal.scene,
    )

    const hasCli = awsCli !== undefined
    await tour.step(
      hasCli
        ? 'Run the AWS CLI with its credentials'
        : 'Run a program with its credentials, as there is no AWS CLI',
      async () => {
        const command = hasCli
          ? `aws sts get-caller-identity --endpoint-url ${server.url}`
          : 'printenv AWS_ACCESS_KEY_ID'
        const printed = await terminal.type(`sesame exec ${name} -- ${command}`)
        assert.match(printed, hasCli ? /assumed-role\/SesameDemoAdmin\// : /^ASIA/)
      },
      terminal.scene,
    )
  } finally {
    await app.close()
  }
  return tour.finish()
}
