// `npm run demo`: opens Sesame on a local Cognito server, with profiles ready to sign in to. `--tour DIR` does the main job
// by itself instead and leaves pictures. Needs no AWS account and touches none of the person's own profiles.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { TOTP } from 'otpauth'
import { systemClock } from '../../main/sessions/system-clock.ts'
import { sentinelAccount } from '../../main/vault/accounts.ts'
import { openKeychainVault } from '../../main/vault/open-vault.ts'
import { SesameWindow } from '../e2e/sesame-window.ts'
import { launchApp } from '../host/launch.ts'
import { takeTour } from './tour.ts'
import { type DemoUser, type DemoWorld, openDemoWorld, poolName, profileFor } from './world.ts'

const root = resolve(import.meta.dirname, '../..')

const { values } = parseArgs({ options: { tour: { type: 'string' } } })

const describeUser = (user: DemoUser): string => {
  const extras = [
    user.newPasswordRequired === true ? 'asks for a new password' : '',
    user.totpSecret === undefined ? '' : `TOTP secret ${user.totpSecret}`,
  ].filter((extra) => extra !== '')
  return [
    `  ${poolName(user.pool)} · ${user.username}`.padEnd(28),
    `password ${user.password}`.padEnd(28),
    extras.join(', '),
  ].join('')
}

const tell = (world: DemoWorld): void => {
  const codes = world.users
    .filter((user) => user.totpSecret !== undefined)
    .map((user) => `${user.username} ${new TOTP({ secret: user.totpSecret ?? '' }).generate()}`)
  const lines = [
    `A local Cognito server runs at ${world.server.url}; tokens last a minute, so that you can watch them refresh.`,
    ...world.users.map(describeUser),
    `Codes at this moment: ${codes.join(', ')}. Close the window to end the demo.`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

const openDemo = async (): Promise<void> => {
  await using world = await openDemoWorld()
  const app = await launchApp({
    app: root,
    args: [`--config-dir=${world.configDir}`],
    userDataDir: world.configDir,
    env: { STANDIN_VISIBLE: process.env['STANDIN_VISIBLE'] },
  })
  const ended = new Promise<void>((done) => app.electron.once('close', () => done()))
  const window = new SesameWindow(app.window)
  await window.ready()
  // Asked, not read: a keychain that has not answered yet shows as locked.
  const vault = await window.request('vault.retry')
  const hasKeychain = vault.ok && vault.value.kind === 'unlocked'
  if (!hasKeychain)
    process.stdout.write('No unlocked keychain here: the demo keeps its sessions in memory.\n')
  const ids: string[] = []
  for (const user of world.users)
    ids.push(await window.seedProfile(profileFor(world, user, hasKeychain ? 'keychain' : 'memory')))
  tell(world)
  const stop = (): void => void app.close()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Playwright's own handler would end this process before the keychain is clean.
    process.removeAllListeners(signal)
    process.once(signal, stop)
  }
  await ended
  if (hasKeychain) await cleanKeychain(world, ids)
}

/** A demo leaves nothing in the person's keychain. */
const cleanKeychain = async ({ configDir }: DemoWorld, ids: readonly string[]): Promise<void> => {
  const { sessions, items } = openKeychainVault({
    directory: configDir,
    defaultDirectory: '',
    clock: systemClock,
  })
  for (const id of ids) {
    await sessions.removeSession(id)
    await sessions.removeClientSecret(id)
  }
  await items.remove(sentinelAccount)
}

if (values.tour === undefined) await openDemo()
else process.exitCode = (await takeTour(resolve(values.tour))) ? 0 : 1
