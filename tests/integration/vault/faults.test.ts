// What can go wrong around the vault in the middle of its work, each with the real thing: the bus, the disk, the helper.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleProfile, sampleRecord } from '../../unit/vault/samples.ts'
import { type Keyring, keyringAvailable, startKeyring } from '../keyring.ts'
import { canFillDisk, startVaultChild, type VaultChild, type VaultChildOptions } from './vault-child.ts'

const profile = sampleProfile()
const record = (generation: number) => sampleRecord(profile.id, generation)
const unlocked = { kind: 'unlocked', backend: 'Secret Service' }

describe.skipIf(!keyringAvailable())('in the middle of its work', () => {
  let keyring: Keyring
  let directory: string
  const children: VaultChild[] = []

  beforeEach(async () => {
    keyring = await startKeyring()
    directory = join(keyring.directory, 'config', 'sesame')
    await mkdir(directory, { recursive: true })
  })
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()))
    await keyring.stop()
  })

  const open = (options: VaultChildOptions = {}, folder = directory): VaultChild => {
    const child = startVaultChild(keyring.env, folder, { keytar: 'helper', ...options })
    children.push(child)
    return child
  }

  test('the bus goes and comes back: kept in memory meanwhile, saved then', async () => {
    const vault = open()
    await vault.writeSession(profile, record(1))
    await keyring.killBus()
    expect(await vault.writeSession(profile, record(2))).toEqual({ kind: 'unsaved', reason: 'no-service' })
    expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: record(2) })
    expect((await vault.probe()).kind).toBe('absent')
    await keyring.startBus()
    await keyring.startDaemon('unlocked')
    expect(await vault.probe()).toEqual(unlocked)
    expect(await open().readSession(profile)).toEqual({ kind: 'found', value: record(2) })
  })

  test('the bus goes for good: the next run finds the session as it was last saved', async () => {
    const vault = open()
    await vault.writeSession(profile, record(1))
    await keyring.killBus()
    await vault.writeSession(profile, record(2))
    await vault.kill()
    await keyring.startBus()
    await keyring.startDaemon('unlocked')
    expect(await open().readSession(profile)).toEqual({ kind: 'found', value: record(1) })
  })

  test('the keyring is locked: what the encrypted file holds outlives a crash, and is in the keyring when it is open', async () => {
    const vault = open({ encrypts: true })
    await vault.writeSession(profile, record(1))
    await keyring.lock()
    expect(await vault.writeSession(profile, record(2))).toEqual({ kind: 'spilled', reason: 'locked' })
    await vault.kill()
    const next = open({ encrypts: true })
    expect(await next.readSession(profile)).toEqual({ kind: 'found', value: record(2) })
    await keyring.unlock()
    expect(await next.probe()).toEqual(unlocked)
    expect(await open().readSession(profile)).toEqual({ kind: 'found', value: record(2) })
    expect(await readdir(join(directory, 'vault-waiting'))).toEqual([])
  })

  test.for([
    ['the disk takes no byte more', { fileBytes: 0 }, undefined],
    ['the disk is full', { diskIsFull: true }, undefined],
    // Nothing can be made below a device, whoever runs this.
    ['the folder takes no files', {}, join(devNull, 'sesame')],
  ] as const)('%s: the keychain is enough', async ([, options, at = directory], { skip }) => {
    if ('diskIsFull' in options && !canFillDisk()) skip('no file system of our own can be mounted here')
    const vault = open(options, at)
    expect(await vault.writeSession(profile, record(1))).toEqual({ kind: 'saved' })
    expect(await vault.writeSession(profile, record(2))).toEqual({ kind: 'saved' })
    await vault.kill()
    const next = open(options, at)
    expect(await next.readSession(profile)).toEqual({ kind: 'found', value: record(2) })
    expect(await next.removeSession(profile.id)).toEqual({ kind: 'saved' })
    await next.kill()
    expect(await open({}, at).readSession(profile)).toEqual({ kind: 'absent' })
  })

  test('the disk takes no byte more while the keyring is locked: kept in memory and said so', async () => {
    const vault = open({ fileBytes: 0, encrypts: true })
    await vault.probe()
    await keyring.lock()
    expect(await vault.writeSession(profile, record(1))).toEqual({ kind: 'unsaved', reason: 'locked' })
    expect(await vault.unsaved()).toEqual([`session/${profile.id}`])
    await keyring.unlock()
    expect(await vault.probe()).toEqual(unlocked)
    expect(await vault.unsaved()).toEqual([])
  })
})

test('a call that waits for the helper keeps the process alive until it is answered', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sesame-alive-'))
  const module = (path: string): string => JSON.stringify(join(import.meta.dirname, '../../../main', path))
  const program = `
    import { createHelperKeytar } from ${module('vault/helper-keytar.ts')}
    import { startNodeHelper } from ${module('vault/node-helper.ts')}
    const keytar = createHelperKeytar(startNodeHelper(${module('vault/keychain-helper.ts')}))
    console.log(await keytar.getPassword('a', 'b').then(() => 'answered', () => 'answered'))`
  const { DBUS_SESSION_BUS_ADDRESS: _bus, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...env, XDG_RUNTIME_DIR: directory, HOME: directory },
  })
  expect(stdout).toBe('answered\n')
  await rm(directory, { recursive: true, force: true })
})
