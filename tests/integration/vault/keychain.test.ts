// The vault on a real gnome-keyring, in each of the states a person's machine can be in.
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serviceNameFor } from '../../../main/vault/accounts.ts'
import { sampleProfile, sampleRecord } from '../../unit/vault/samples.ts'
import { type Keyring, type KeyringStart, keyringAvailable, startKeyring } from '../keyring.ts'
import { startVaultChild, type VaultChild, type VaultChildOptions } from './vault-child.ts'

const profile = sampleProfile()
/** Whom the tokens are for, kept beside them: nobody else is ever sent them. */
const audience = {
  clientId: '4k2v9q1t5m3n7p8r2s6u0w4y1z',
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E',
}
const account = `session/${profile.id}`
const unlocked = { kind: 'unlocked', backend: 'Secret Service' }
const locked = { kind: 'locked', backend: 'Secret Service' }
const absent = { kind: 'absent', backend: 'Secret Service' }

describe.skipIf(!keyringAvailable())('the vault on a real keyring', () => {
  let keyring: Keyring
  let directory: string
  let service: string
  const children: VaultChild[] = []

  const world = async (start: KeyringStart): Promise<void> => {
    keyring = await startKeyring(start)
    directory = join(keyring.directory, 'config', 'sesame')
    service = serviceNameFor(directory, `${directory}/elsewhere`)
    await mkdir(directory, { recursive: true })
  }
  const open = (options: VaultChildOptions = {}, env: NodeJS.ProcessEnv = {}): VaultChild => {
    const child = startVaultChild({ ...keyring.env, ...env }, directory, options)
    children.push(child)
    return child
  }

  /** What is stored of the session, as secret-tool finds it; it may lie in either of its two places. */
  const stored = async (): Promise<string | undefined> => {
    const [first, second] = [
      await keyring.lookup(service, account),
      await keyring.lookup(service, `${account}#2`),
    ]
    if (first !== undefined && second !== undefined) throw new Error('two generations were left')
    return first ?? second
  }
  const storedRecord = async (): Promise<unknown> => {
    const text = await stored()
    if (text === undefined) return undefined
    const head: { body: unknown } = JSON.parse(text)
    return head.body
  }

  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()))
    await keyring.stop()
  })

  describe('unlocked', () => {
    beforeEach(() => world('unlocked'))

    test('a session of full length is what secret-tool reads back', async () => {
      const vault = open()
      expect(await vault.probe()).toEqual(unlocked)
      const record = { ...sampleRecord(profile.id), username: 'Zoë 🙂' }
      expect(await vault.writeSession(profile, record)).toEqual({ kind: 'saved' })
      expect((await stored())?.length).toBeGreaterThan(4_000)
      expect(await storedRecord()).toEqual({ ...record, audience })
    })

    test('a new process finds the session of one that was killed', async () => {
      const first = open()
      await first.writeSession(profile, sampleRecord(profile.id, 7))
      await first.writeClientSecret(profile, 'app client secret')
      await first.kill()
      const second = open()
      expect(await second.readSession(profile)).toEqual({ kind: 'found', value: sampleRecord(profile.id, 7) })
      expect(await second.readClientSecret(profile)).toEqual({ kind: 'found', value: 'app client secret' })
    })

    test('a session of version 0.1, one item without a checksum, is read and replaced', async () => {
      const old = sampleRecord(profile.id, 4)
      await keyring.plant(service, account, JSON.stringify({ sesame: 1, generation: 4, body: old }))
      const vault = open()
      expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: old })
      await vault.writeSession(profile, sampleRecord(profile.id, 5))
      expect(await storedRecord()).toMatchObject({ generation: 5 })
    })

    test('a removed session is gone from the keyring, and removing it again succeeds', async () => {
      const vault = open()
      await vault.writeSession(profile, sampleRecord(profile.id))
      expect(await vault.removeSession(profile.id)).toEqual({ kind: 'saved' })
      expect(await stored()).toBeUndefined()
      expect(await vault.removeSession(profile.id)).toEqual({ kind: 'saved' })
      expect(await vault.readSession(profile)).toEqual({ kind: 'absent' })
    })

    test('the index names the items and holds none of their secrets', async () => {
      const vault = open()
      await vault.writeSession(profile, sampleRecord(profile.id))
      const folder = join(directory, 'vault-index')
      const texts = await Promise.all(
        (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
      )
      const index = texts.join('')
      expect(index).toContain(account)
      expect(index).not.toContain('refresh.')
    })

    test('a session kept in memory by choice never reaches the keyring', async () => {
      const vault = open()
      const inMemory = sampleProfile({ storage: 'memory' })
      await vault.probe()
      expect(await vault.writeSession(inMemory, sampleRecord(profile.id))).toEqual({ kind: 'saved' })
      expect((await vault.readSession(inMemory)).kind).toBe('found')
      expect(await stored()).toBeUndefined()
    })

    test('a damaged item is set aside under another name, and goes when the session is removed', async () => {
      await keyring.plant(service, account, '{"half":')
      const vault = open()
      expect(await vault.readSession(profile)).toEqual({ kind: 'unavailable', reason: 'corrupt' })
      expect(await vault.readSession(profile)).toEqual({ kind: 'absent' })
      const aside = (await vault.accounts()).find((name) => name.startsWith('set-aside/'))
      expect(await keyring.lookup(service, aside ?? '')).toBe('{"half":')
      await vault.writeSession(profile, sampleRecord(profile.id))
      expect(await keyring.lookup(service, aside ?? '')).toBe('{"half":')
      await vault.removeSession(profile.id)
      expect(await keyring.lookup(service, aside ?? '')).toBeUndefined()
    })

    test('a keyring whose items were all deleted is empty, not locked', async () => {
      const vault = open()
      await vault.writeSession(profile, sampleRecord(profile.id))
      await vault.kill()
      await keyring.killDaemon()
      await keyring.forgetItems()
      await keyring.startDaemon('unlocked')
      const next = open()
      expect(await next.probe()).toEqual(unlocked)
      expect(await next.readSession(profile)).toEqual({ kind: 'absent' })
    })
  })

  describe('locked', () => {
    beforeEach(async () => {
      await world('unlocked')
      const before = open()
      await before.writeSession(profile, sampleRecord(profile.id, 1))
      await before.kill()
      await keyring.lock()
    })

    test('it is said to be locked, and a session in it is not taken for absent', async () => {
      const vault = open()
      expect(await vault.probe()).toEqual(locked)
      expect(await vault.readSession(profile)).toEqual({ kind: 'unavailable', reason: 'locked' })
    })

    test('a write stays in memory as unsaved and is saved when the keyring is open again', async () => {
      const vault = open()
      const record = sampleRecord(profile.id, 2)
      expect(await vault.writeSession(profile, record)).toEqual({ kind: 'unsaved', reason: 'locked' })
      expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: record })
      expect(await vault.unsaved()).toEqual([account])
      await keyring.unlock()
      expect(await vault.probe()).toEqual(unlocked)
      expect(await vault.unsaved()).toEqual([])
      expect(await storedRecord()).toMatchObject({ generation: 2 })
    })

    test('a session removed while it is locked never comes back, a crash in between included', async () => {
      const vault = open()
      expect(await vault.removeSession(profile.id)).toEqual({ kind: 'unsaved', reason: 'locked' })
      expect(await vault.readSession(profile)).toEqual({ kind: 'absent' })
      await vault.kill()
      await keyring.unlock()
      const next = open()
      expect(await next.readSession(profile)).toEqual({ kind: 'absent' })
      expect(await next.probe()).toEqual(unlocked)
      expect(await stored()).toBeUndefined()
    })

    test('without any D-Bus tool the sentinel tells locked from empty', async () => {
      const vault = open({}, { PATH: '/nonexistent' })
      expect(await vault.probe()).toEqual(locked)
      expect(await vault.readSession(profile)).toEqual({ kind: 'unavailable', reason: 'locked' })
      await keyring.unlock()
      expect(await vault.probe()).toEqual(unlocked)
      expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: sampleRecord(profile.id, 1) })
    })

    test('a keyring that is locked under a running vault is noticed at the next write', async () => {
      await keyring.unlock()
      const vault = open()
      await vault.writeSession(profile, sampleRecord(profile.id, 2))
      await keyring.lock()
      expect(await vault.writeSession(profile, sampleRecord(profile.id, 3))).toEqual({
        kind: 'unsaved',
        reason: 'locked',
      })
      expect(await vault.state()).toEqual(locked)
    })
  })

  describe('absent', () => {
    test('without a provider it is said to be absent, and sessions live in memory', async () => {
      await world('no-provider')
      const vault = open()
      expect(await vault.probe()).toEqual(absent)
      const record = sampleRecord(profile.id)
      expect(await vault.writeSession(profile, record)).toEqual({ kind: 'unsaved', reason: 'no-service' })
      expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: record })
    })

    test('without D-Bus it is said to be absent', async () => {
      await world('no-provider')
      await keyring.killBus()
      const vault = open()
      expect(await vault.probe()).toEqual(absent)
      expect(await vault.readSession(profile)).toEqual({ kind: 'unavailable', reason: 'no-service' })
    })

    test('a service in which nobody ever created a keyring is absent', async () => {
      await world('never-created')
      const vault = open()
      expect(await vault.probe()).toEqual(absent)
    })

    test('what was kept in memory is saved when a keyring comes up', async () => {
      await world('no-provider')
      const vault = open()
      await vault.writeSession(profile, sampleRecord(profile.id, 3))
      await keyring.startDaemon('unlocked')
      expect(await vault.probe()).toEqual(unlocked)
      expect(await storedRecord()).toMatchObject({ generation: 3 })
    })

    // libsecret keeps its connection to the provider it met first, and outside a GLib main loop never makes another one: a
    // process without Electron has to be started anew to save again.
    test('a provider that dies under a running vault costs no session while the process lives', async () => {
      await world('unlocked')
      const vault = open()
      await vault.writeSession(profile, sampleRecord(profile.id, 1))
      await keyring.killDaemon()
      const record = sampleRecord(profile.id, 2)
      expect(await vault.writeSession(profile, record)).toEqual({ kind: 'unsaved', reason: 'no-service' })
      expect(await vault.state()).toEqual(absent)
      await keyring.startDaemon('unlocked')
      await vault.probe()
      expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: record })
      expect(await storedRecord()).toMatchObject({ generation: 1 })
    })
  })

  describe('hung', () => {
    test('a call that hangs times out, refuses the next at once, and is made good when the daemon goes on', async () => {
      await world('unlocked')
      const vault = open({ timeoutMs: 500 })
      await vault.writeSession(profile, sampleRecord(profile.id, 1))
      keyring.freeze()
      expect(await vault.writeSession(profile, sampleRecord(profile.id, 2))).toEqual({
        kind: 'unsaved',
        reason: 'timed-out',
      })
      expect(await vault.state()).toEqual(locked)
      const recovered = vault.nextState()
      keyring.thaw()
      expect(await recovered).toEqual(unlocked)
      expect(await storedRecord()).toMatchObject({ generation: 2 })
    })
  })

  describe('through a helper process', () => {
    /** Long enough for a helper to start on a busy machine: only a call that hangs may run into it. */
    const hangMs = 2_000

    test('a daemon that was started anew takes the next write, without a restart of ours', async () => {
      await world('unlocked')
      const vault = open({ keytar: 'helper' })
      await vault.writeSession(profile, sampleRecord(profile.id, 1))
      await keyring.killDaemon()
      const record = sampleRecord(profile.id, 2)
      expect(await vault.writeSession(profile, record)).toEqual({ kind: 'unsaved', reason: 'no-service' })
      await keyring.startDaemon('unlocked')
      expect(await vault.probe()).toEqual(unlocked)
      expect(await storedRecord()).toEqual({ ...record, audience })
      await keyring.killDaemon()
      await keyring.startDaemon('unlocked')
      expect(await vault.writeSession(profile, sampleRecord(profile.id, 3))).toEqual({ kind: 'saved' })
      expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: sampleRecord(profile.id, 3) })
    })

    test('a call that hangs holds up no exit', async () => {
      await world('unlocked')
      const vault = open({ keytar: 'helper', timeoutMs: hangMs })
      await vault.probe()
      keyring.freeze()
      expect((await vault.writeSession(profile, sampleRecord(profile.id, 1))).kind).toBe('unsaved')
      await Promise.race([
        vault.exit(),
        pause(20_000, undefined, { ref: false }).then(() => Promise.reject(new Error('it did not exit'))),
      ])
      keyring.thaw()
    })

    test('a call that hangs is given up by the next probe that finds somebody who answers', async () => {
      await world('unlocked')
      const vault = open({ keytar: 'helper', timeoutMs: hangMs })
      await vault.writeSession(profile, sampleRecord(profile.id, 1))
      keyring.freeze()
      await vault.writeSession(profile, sampleRecord(profile.id, 2))
      expect((await vault.probe()).kind).toBe('locked')
      await keyring.killDaemon()
      await keyring.startDaemon('unlocked')
      expect(await vault.probe()).toEqual(unlocked)
      expect(await storedRecord()).toMatchObject({ generation: 2 })
    })
  })
})
