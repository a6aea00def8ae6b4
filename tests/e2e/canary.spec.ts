// Secrets that can be recognised are planted, the whole job is done with its failures, and then they are looked for: in files,
// logs, output, everything that crossed the bridge, and the memory of the page.
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright/test'
import { devicesAccount } from '../../main/vault/accounts.ts'
import { type CognitoServer, startCognitoServer } from '../cognito-server/index.ts'
import { type Keyring, missingForKeyring, startKeyring } from '../integration/keyring.ts'
import { type Canary, type CanaryKind, plantCanaries } from './canaries.ts'
import {
  appFolder,
  test as base,
  cognitoSaw,
  expect,
  type OpenOptions,
  type RunningSesame,
  readClipboard,
  signIn,
} from './fixtures.ts'
import { filesUnder, foundInMemory, heapOf, holds, mayReadMemoryOf, renderersOf } from './search.ts'
import { storedItem } from './stored.ts'
import { codeOf, type DemoUser, formFor } from './world.ts'

interface Planted {
  readonly server: CognitoServer
  readonly user: DemoUser
  /** Grows by the device password, which the app makes up itself. */
  readonly canaries: Canary[]
  /** The kinds of secrets that the server has handed out. */
  readonly issued: ReadonlySet<CanaryKind>
}

const test = base.extend<{ planted: Planted; keyring: Keyring; onKeyring: OpenOptions }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  planted: async ({}, provide) => {
    const { world, ...planted } = plantCanaries()
    await using server = await startCognitoServer(world)
    await provide({ server, ...planted })
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  keyring: async ({}, provide) => {
    const keyring = await startKeyring()
    await provide(keyring)
    await keyring.stop()
  },
  onKeyring: async ({ keyring }, provide) => {
    await provide({
      vault: 'keychain',
      env: { ...keyring.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
      switches: ['-r', join(appFolder, 'tests/e2e/record-traffic.cjs')],
    })
  },
})

test.skip(missingForKeyring().length > 0, `no real keyring: ${missingForKeyring().join(', ')} is missing`)

/** The kinds of secrets that are in what is looked at. */
const kindsIn = (bytes: Buffer, canaries: readonly Canary[]): CanaryKind[] =>
  canaries.filter(({ text }) => holds(bytes, text)).map(({ kind }) => kind)

const neverTyped: readonly CanaryKind[] = [
  'refresh token',
  'device password',
  'AWS secret key',
  'AWS session token',
]

/** What the app has made up for the pool to know this device by, as the keychain holds it. */
const findDevicePassword = async (keyring: Keyring, configDir: string, id: string): Promise<Canary> => {
  const stored = (): Promise<string | undefined> => storedItem(keyring, configDir, devicesAccount(id))
  await expect.poll(stored).toContain('password')
  const [, text = ''] = /"password":"([^"]+)"/.exec((await stored()) ?? '') ?? []
  expect(text.length).toBeGreaterThan(50)
  return { kind: 'device password', text }
}

/** The job as a person does it, with everything that goes wrong on the way. Ends signed in. */
const doTheJob = async (
  { sesame, electron, userDataDir }: RunningSesame,
  { server, user, canaries }: Planted,
  keyring: Keyring,
): Promise<void> => {
  await sesame.addProfile(formFor(user, server.url, 'canary'))
  await sesame.openSignIn()
  await sesame.typePassword(user.username, `${user.password}-wrong`)
  await expect(sesame.field('Password')).toHaveAttribute('aria-invalid', 'true')
  await sesame.typePassword(user.username, user.password)
  await sesame.typeCode(codeOf(user))
  await sesame.signedIn()
  canaries.push(await findDevicePassword(keyring, userDataDir, await profileId(sesame)))

  for (const fault of [
    { kind: 'html-500' },
    { kind: 'truncated' },
    { kind: 'reset' },
    { kind: 'throttle' },
    { kind: 'exception', type: 'InvalidLambdaResponseException', message: 'Unrecognizable lambda output' },
  ] as const) {
    server.faults.add({ match: { operation: 'GetTokensFromRefreshToken' }, fault })
    server.faults.add({ match: { operation: 'GetCredentialsForIdentity' }, fault })
  }
  for (let time = 0; time < 6; time += 1) {
    await sesame.request('session.refresh', await profileId(sesame))
    await sesame.request('credentials.fetch', await profileId(sesame))
  }
  server.faults.clear()
  await sesame.button('Refresh').click()
  await expect(sesame.badge('Active')).toBeVisible()

  await sesame.openTab('Claims')
  await expect(sesame.page.getByText('Signature verified')).toHaveCount(2)
  await sesame.openTab('Credentials')
  await sesame.button('Copy AWS credentials').click()
  await expect.poll(() => readClipboard(electron)).toMatch(/^export AWS_SECRET_ACCESS_KEY=/m)
  await sesame.button('Test credentials').click()
  await sesame.pane.getByRole('alert').waitFor()
  await sesame.openTab('Settings')
  await sesame.button('Edit').click()
  await sesame.field('Name').fill('canary in a mine')
  await sesame.button('Save').click()
  await sesame.row('canary in a mine').waitFor()
  await sesame.signOut('this device')
  await sesame.signedOut()
  await signIn(sesame, user)
  await sesame.openTab('Activity')
  await sesame.page.getByText('Signed in').first().waitFor()
}

const profileId = async (sesame: RunningSesame['sesame']): Promise<string> => {
  const loaded = await sesame.request('app.load')
  const id = loaded.ok ? loaded.value.profiles[0]?.profile.id : undefined
  if (id === undefined) throw new Error('there is no profile')
  return id
}

/** Everything the app has said to its standard output and error from here on. */
const listenTo = (electron: ElectronApplication): (() => Buffer) => {
  const said: Buffer[] = []
  for (const stream of [electron.process().stdout, electron.process().stderr])
    stream?.on('data', (chunk: Buffer) => said.push(chunk))
  return () => Buffer.concat(said)
}

const trafficOf = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(() => Reflect.get(globalThis, 'traffic'))

/** Where this app's Chromium keeps its profile: in the configuration folder, on the stand-in in a folder of its own. */
const chromiumFolders = (electron: ElectronApplication): string[] =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith(`sesame-stand-in-${electron.process().pid}-`))
    .map((name) => join(tmpdir(), name))

test('no secret is in a file, in the log, in the output, or crosses the bridge', async ({
  open,
  keyring,
  onKeyring,
  planted,
  configDir,
}) => {
  const { canaries, user } = planted
  const app = await open(onKeyring)
  const said = listenTo(app.electron)
  await doTheJob(app, planted, keyring)
  await app.sesame.button('Sign out everywhere…').click()
  await app.sesame.dialog.getByRole('button', { name: 'Sign out 1 session' }).click()
  await expect(app.sesame.dialog.getByText('done', { exact: true })).toBeVisible()
  expect([...planted.issued, 'device password'].toSorted()).toEqual(neverTyped.toSorted())

  await test.step('the bridge', async () => {
    const traffic = await trafficOf(app.electron)
    // Typed by a person, they go to main once, and never come back.
    const typedOn = ['request profiles.add', 'request signIn.begin', 'request profiles.update']
    const toMain = traffic.filter((entry) => typedOn.some((start) => entry.startsWith(start)))
    expect(kindsIn(Buffer.from(toMain.join('\n')), canaries)).toEqual(['client secret', 'password'])
    const rest = traffic.filter((entry) => !toMain.includes(entry))
    expect(rest.filter((entry) => kindsIn(Buffer.from(entry), canaries).length > 0)).toEqual([])
    // Nor does a token, which nobody asked to see.
    expect(rest.filter((entry) => /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/.test(entry))).toEqual([])
    for (const channel of [
      'answer signIn.begin',
      'answer session.claims',
      'event profiles.changed',
      'event activity.added',
    ])
      expect(rest.some((entry) => entry.startsWith(channel))).toBe(true)
  })

  const folders = [configDir, ...chromiumFolders(app.electron)]
  const look = (): string[] =>
    folders
      .flatMap(filesUnder)
      .flatMap(({ path, bytes }) => kindsIn(bytes, canaries).map((kind) => `${kind} in ${path}`))
  await test.step('files, while it runs', () => {
    expect(look()).toEqual([])
  })
  await app.close()
  await test.step('files, when it has ended', () => {
    expect(look()).toEqual([])
    const names = filesUnder(configDir).map(({ path }) => path)
    expect(names).toEqual(
      expect.arrayContaining([join(configDir, 'profiles.json'), join(configDir, 'logs/sesame.log')]),
    )
    expect(filesUnder(configDir).some(({ bytes }) => holds(bytes, user.client.id))).toBe(true)
  })
  await test.step('output', () => {
    expect(kindsIn(said(), canaries)).toEqual([])
  })
})

test('no secret stays in the heap of the page once its dialog has closed', async ({
  open,
  keyring,
  onKeyring,
  planted,
}) => {
  const app = await open(onKeyring)
  await doTheJob(app, planted, keyring)
  const heap = await heapOf(app.window)
  expect(holds(heap, planted.user.client.id), 'what the page shows is found').toBe(true)
  expect(kindsIn(heap, planted.canaries)).toEqual([])
})

/** What of the canaries, and of what the page shows, is anywhere in the memory of the app's renderers. */
const inMemory = ({ electron }: RunningSesame, { canaries, user }: Planted): CanaryKind[] => {
  const renderers = renderersOf(electron.process().pid ?? 0)
  test.skip(!renderers.every(mayReadMemoryOf), 'this machine lets nobody look into the memory of a renderer')
  const shown = user.client.id
  const found = new Set(
    renderers.flatMap((pid) => foundInMemory(pid, [shown, ...canaries.map(({ text }) => text)])),
  )
  expect(found, 'what the page shows is found').toContain(shown)
  return canaries.filter(({ text }) => found.has(text)).map(({ kind }) => kind)
}

test('no secret of the server is in the memory of the page, and none at all where nobody typed', async ({
  open,
  keyring,
  onKeyring,
  planted,
}) => {
  test.skip(process.platform !== 'linux', 'only Linux shows the memory of a process as a file')
  const first = await open(onKeyring)
  await doTheJob(first, planted, keyring)
  // What was typed stays in memory that is free but not overwritten; no page can do anything about that.
  const typedInto = inMemory(first, planted)
  expect(typedInto.filter((kind) => neverTyped.includes(kind))).toEqual([])
  await first.close()

  const second = await open(onKeyring)
  const { sesame } = second
  await sesame.select('canary in a mine')
  const refreshes = { operation: 'GetTokensFromRefreshToken', outcome: 'ok' }
  const before = planted.server.requests.count(refreshes)
  await sesame.button('Refresh').click()
  await cognitoSaw(planted.server, refreshes, before + 1)
  await expect(sesame.badge('Active')).toBeVisible()
  await sesame.openTab('Claims')
  await expect(sesame.page.getByText('Signature verified')).toHaveCount(2)
  await sesame.openTab('Credentials')
  await sesame.button('Copy AWS credentials').click()
  await expect.poll(() => readClipboard(second.electron)).toMatch(/^export AWS_SECRET_ACCESS_KEY=/m)
  expect(inMemory(second, planted)).toEqual([])
})
