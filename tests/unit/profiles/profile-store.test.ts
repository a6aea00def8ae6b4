import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../../main/failure.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { createProfileStore, type ProfileStore } from '../../../main/profiles/profile-store.ts'
import type { ProfilesChange } from '../../../main/profiles/profiles-change.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { noLock, sampleSettings } from './samples.ts'

const clock = { now: () => Date.UTC(2026, 1, 3, 4, 5, 6) }
const asideName = 'profiles.damaged-20260203T040506Z.json'
let root: string
let directory: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sesame-profiles-'))
  directory = join(root, 'config')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const file = (name = 'profiles.json'): string => join(directory, name)
const text = (name?: string): Promise<string> => readFile(file(name), 'utf8')
const put = async (content: string, name?: string): Promise<void> => {
  await mkdir(directory, { recursive: true })
  await writeFile(file(name), content)
}

const opened = async (): Promise<ProfileStore> => {
  const store = createProfileStore({ directory, clock, lock: noLock })
  await store.open()
  return store
}
const must = (result: Result<Profile>): Profile => {
  if (!result.ok)
    throw new Error(`${result.failure.code} ${result.failure.field ?? ''} ${result.failure.detail ?? ''}`)
  return result.value
}
const add = async (store: ProfileStore, name: string): Promise<Profile> =>
  must(await store.add(sampleSettings({ name })))
const names = (store: ProfileStore): string[] => store.list().map(({ name }) => name)

describe('another process that writes the same file', () => {
  const lock = createLockFiles({ folder: join(tmpdir(), `sesame-locks-${process.pid}`), clock: systemClock })
  afterEach(() => rm(join(tmpdir(), `sesame-locks-${process.pid}`), { recursive: true, force: true }))
  const two = async (): Promise<readonly [ProfileStore, ProfileStore]> => {
    const pair = [0, 1].map(() => createProfileStore({ directory, clock, lock }))
    for (const store of pair) await store.open()
    const [one, other] = pair
    if (one === undefined || other === undefined) throw new Error('expected two')
    return [one, other]
  }

  test('loses nothing, and neither does this one', async () => {
    const [one, other] = await two()
    const all = Array.from({ length: 10 }, (_, index) => [
      add(one, `one ${index}`),
      add(other, `other ${index}`),
    ])
    await Promise.all(all.flat())
    expect(names(await opened()).toSorted()).toEqual(
      ['one', 'other'].flatMap((who) => Array.from({ length: 10 }, (_, index) => `${who} ${index}`)),
    )
  })

  test('is heard of with the next change: what it added, changed, moved and removed', async () => {
    const [one, other] = await two()
    const a = await add(one, 'a')
    const b = await add(one, 'b')
    const c = await add(one, 'c')
    const heard: string[] = []
    one.onChange(({ kind, profile }) => heard.push(`${kind} ${profile.name}`))
    must(await other.update(b.id, sampleSettings({ name: 'B' })))
    must(await other.remove(a.id))
    must(await other.move(c.id, b.id))
    await add(other, 'd')
    expect(heard).toEqual([])
    await add(one, 'e')
    expect(heard.toSorted()).toEqual(['added d', 'added e', 'moved c', 'removed a', 'updated B'])
    expect(names(one)).toEqual(['c', 'B', 'd', 'e'])
    // The same object where nothing changed: sessions tell by that.
    expect(one.get(c.id)).toBe(c)
  })

  test('and removed what is to be changed here: that is said', async () => {
    const [one, other] = await two()
    const a = await add(one, 'a')
    await add(other, 'b')
    must(await other.remove(a.id))
    expect(await one.update(a.id, sampleSettings({ name: 'x' }))).toMatchObject({
      ok: false,
      failure: { code: 'profile.not-found' },
    })
    expect(await one.add(sampleSettings({ name: 'b' }))).toMatchObject({
      failure: { message: 'Another profile has this name.' },
    })
  })

  test('or a person with an editor: what is damaged is set aside, not written over', async () => {
    const store = await opened()
    await add(store, 'a')
    await put('{ "version": 1, "profi')
    await add(store, 'b')
    expect(await text(asideName)).toBe('{ "version": 1, "profi')
    expect(names(await opened())).toEqual(['a', 'b'])
  })

  test('or a newer Sesame: its file stays', async () => {
    const store = await opened()
    await add(store, 'a')
    await put('{ "version": 99, "profiles": [] }')
    expect(await store.add(sampleSettings({ name: 'b' }))).toMatchObject({
      failure: { code: 'profiles.not-saved' },
    })
    expect(await text()).toBe('{ "version": 99, "profiles": [] }')
    expect(names(store)).toEqual(['a'])
  })

  test('and does not let go: that is said, and nothing is written', async () => {
    const store = createProfileStore({ directory, clock, lock: { hold: async () => ({ kind: 'busy' }) } })
    await store.open()
    expect(await store.add(sampleSettings({ name: 'a' }))).toMatchObject({
      failure: { code: 'profiles.not-saved', detail: 'another Sesame is writing it' },
    })
    expect(store.list()).toEqual([])
  })
})

describe('changes', () => {
  test('the first start has no profiles and no notice', async () => {
    const store = createProfileStore({ directory, clock, lock: noLock })
    expect(await store.open()).toBeUndefined()
    expect(store.list()).toEqual([])
  })

  test('a profile as it was, retired, is among the removed ones under another id until it is forgotten', async () => {
    const store = await opened()
    const before = await add(store, 'a')
    const former = await store.retire(before)
    expect(former).toEqual({ ...before, id: former.id })
    expect(former.id).not.toBe(before.id)
    const next = await opened()
    expect([next.list(), next.removed()]).toEqual([[before], [former]])
    await next.forget(former.id)
    expect((await opened()).removed()).toEqual([])
  })

  test('what was added, changed, moved and removed is the same after a restart', async () => {
    const store = await opened()
    const [a, b, c] = [await add(store, 'a'), await add(store, 'b'), await add(store, 'c')]
    await store.update(b.id, sampleSettings({ name: 'b2', environment: 'production' }))
    await store.move(c.id, a.id)
    await store.remove(a.id)
    expect(names(store)).toEqual(['c', 'b2'])
    expect((await opened()).list()).toEqual(store.list())
  })

  test('a new profile needs no more than a name, a pool and an app client', async () => {
    const store = await opened()
    const profile = must(await store.add({ name: 'a', userPoolId: 'eu-west-1_Ab12', clientId: '4k2v9q1t' }))
    expect(profile).toMatchObject({
      environment: 'development',
      storage: 'keychain',
      refreshLeadSeconds: 300,
    })
  })

  test.for([
    ['a wrong pool id', { userPoolId: 'nowhere' }, 'userPoolId'],
    ['a wrong endpoint', { endpoints: { userPool: 'http://idp.example.com' } }, 'endpoints.userPool'],
    ['the name of another profile', { name: 'TAKEN' }, 'name'],
  ] as const)('%s is refused at its field, on adding and on changing', async ([, over, field]) => {
    const store = await opened()
    await add(store, 'taken')
    const other = await add(store, 'other')
    const refused = { ok: false, failure: { code: 'input.invalid', field } }
    expect(await store.add(sampleSettings(over))).toMatchObject(refused)
    expect(await store.update(other.id, sampleSettings({ name: 'other', ...over }))).toMatchObject(refused)
    expect(names(store)).toEqual(['taken', 'other'])
  })

  test('a profile may keep its own name', async () => {
    const store = await opened()
    const profile = await add(store, 'a')
    expect(must(await store.update(profile.id, sampleSettings({ name: 'A' }))).name).toBe('A')
  })

  test('a copy stands behind its original under a name of its own', async () => {
    const store = await opened()
    const a = await add(store, 'a')
    await add(store, 'b')
    const copy = must(await store.duplicate(a.id))
    const second = must(await store.duplicate(copy.id))
    expect(names(store)).toEqual(['a', 'a · copy', 'a · copy 2', 'b'])
    expect({ ...second, id: a.id, name: a.name }).toEqual(a)
    expect(new Set(store.list().map(({ id }) => id)).size).toBe(4)
  })

  test('the copy of a profile with the longest name has an acceptable name', async () => {
    const store = await opened()
    const long = await add(store, '🙂'.repeat(40))
    const copy = must(await store.duplicate(long.id))
    expect(copy.name.length).toBeLessThanOrEqual(80)
    expect(copy.name).toMatch(/🙂 · copy$/u)
  })

  test.for([
    ['a', 'c', ['b', 'a', 'c']],
    ['c', 'a', ['c', 'a', 'b']],
    ['a', undefined, ['b', 'c', 'a']],
    ['b', 'b', ['a', 'b', 'c']],
  ] as const)('moving %s in front of %s gives %j', async ([moved, before, order]) => {
    const store = await opened()
    for (const name of ['a', 'b', 'c']) await add(store, name)
    const idOf = (name: string | undefined) => store.list().find((profile) => profile.name === name)?.id
    must(await store.move(idOf(moved) ?? '', idOf(before)))
    expect(names(store)).toEqual(order)
  })

  test('moving may change the environment', async () => {
    const store = await opened()
    const a = await add(store, 'a')
    await store.move(a.id, undefined, 'production')
    expect((await opened()).get(a.id)?.environment).toBe('production')
  })

  test('moving in front of nobody is refused', async () => {
    const store = await opened()
    const a = await add(store, 'a')
    expect(await store.move(a.id, 'gone')).toMatchObject({
      ok: false,
      failure: { code: 'profile.not-found' },
    })
  })

  test.for(['update', 'duplicate', 'remove', 'move'] as const)(
    '%s of a profile that is gone says so',
    async (change) => {
      const store = await opened()
      const result =
        change === 'update'
          ? store.update('gone', {})
          : change === 'move'
            ? store.move('gone', undefined)
            : store[change]('gone')
      expect(await result).toMatchObject({ ok: false, failure: { code: 'profile.not-found' } })
    },
  )

  test('changes made at once are all kept', async () => {
    const store = await opened()
    const all = Array.from({ length: 20 }, (_value, at) => `p${at}`)
    await Promise.all(all.map((name) => add(store, name)))
    expect(names(await opened())).toEqual(all)
  })

  test('listeners hear of a change once it is saved', async () => {
    const store = await opened()
    const heard: [ProfilesChange['kind'], string][] = []
    const stop = store.onChange(({ kind, profile }) => heard.push([kind, profile.name]))
    const a = await add(store, 'a')
    must(await store.duplicate(a.id))
    await store.update(a.id, sampleSettings({ name: 'b' }))
    await store.move(a.id, undefined)
    await store.add({})
    await store.remove(a.id)
    stop()
    await add(store, 'c')
    expect(heard).toEqual([
      ['added', 'a'],
      ['added', 'a · copy'],
      ['updated', 'b'],
      ['moved', 'b'],
      ['removed', 'b'],
    ])
  })
})

describe('files', () => {
  test('the file is for its owner only and names its version', async () => {
    const store = await opened()
    await add(store, 'a')
    expect(JSON.parse(await text())).toMatchObject({ version: 1, profiles: [{ name: 'a' }] })
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    expect((await readdir(directory)).toSorted()).toEqual(['profiles.json', 'profiles.last-good.json'])
  })

  test('a file that is a link stays one', async () => {
    await mkdir(join(root, 'dotfiles'))
    await mkdir(directory)
    const target = join(root, 'dotfiles', 'sesame.json')
    await writeFile(target, '{"version":1,"profiles":[]}')
    await symlink(target, file())
    await add(await opened(), 'a')
    expect(await readFile(target, 'utf8')).toContain('"a"')
  })

  test('a write that fails loses nothing and changes nothing', async () => {
    const store = await opened()
    const a = await add(store, 'a')
    await rename(directory, `${directory}.away`)
    await writeFile(directory, 'a file where the folder was')
    const notSaved = {
      ok: false,
      failure: { code: 'profiles.not-saved', detail: expect.stringContaining('E') },
    }
    expect(await store.add(sampleSettings({ name: 'b' }))).toMatchObject(notSaved)
    expect(await store.remove(a.id)).toMatchObject(notSaved)
    expect(store.list()).toEqual([a])
    await rm(directory)
    await rename(`${directory}.away`, directory)
    expect((await opened()).list()).toEqual([a])
    await add(store, 'b')
    expect(names(await opened())).toEqual(['a', 'b'])
  })

  test('a file cut short is set aside as it is, and the last good copy takes its place', async () => {
    const store = await opened()
    await add(store, 'a')
    await add(store, 'b')
    const cut = (await text()).slice(0, 200)
    await put(cut)
    const next = createProfileStore({ directory, clock, lock: noLock })
    expect(await next.open()).toMatchObject({ code: 'profiles.damaged', detail: file(asideName) })
    expect(next.list()).toEqual(store.list())
    expect(await text(asideName)).toBe(cut)
    await add(next, 'c')
    expect(names(await opened())).toEqual(['a', 'b', 'c'])
    expect(await text(asideName)).toBe(cut)
  })

  test('a damaged file without a copy opens with none, set aside and named', async () => {
    await put('not json')
    const store = createProfileStore({ directory, clock, lock: noLock })
    expect(await store.open()).toMatchObject({ code: 'profiles.damaged', detail: file(asideName) })
    expect(store.list()).toEqual([])
    expect(await text(asideName)).toBe('not json')
    expect(await createProfileStore({ directory, clock, lock: noLock }).open()).toBeUndefined()
  })

  test('one damaged profile costs no other: it comes from the last good copy, the rest from the file', async () => {
    const store = await opened()
    for (const name of ['a', 'b', 'c']) await add(store, name)
    const content = JSON.parse(await text())
    content.profiles[0].name = 'a, edited by hand'
    content.profiles[1].userPoolId = 'nonsense'
    await put(JSON.stringify(content))
    const next = createProfileStore({ directory, clock, lock: noLock })
    expect(await next.open()).toMatchObject({ code: 'profiles.damaged' })
    expect(names(next)).toEqual(['a, edited by hand', 'b', 'c'])
    expect(await text(asideName)).toContain('nonsense')
  })

  test('two profiles with one id would share their secrets: the second is left out, and the file set aside', async () => {
    const store = await opened()
    await add(store, 'a')
    const content = JSON.parse(await text())
    content.profiles.push({ ...content.profiles[0], name: 'twin' })
    await put(JSON.stringify(content))
    const next = createProfileStore({ directory, clock, lock: noLock })
    expect(await next.open()).toMatchObject({ code: 'profiles.damaged' })
    expect(names(next)).toEqual(['a'])
    expect(await text(asideName)).toContain('twin')
  })

  test('two damaged files are both kept', async () => {
    await put('one')
    await opened()
    await put('two')
    await opened()
    expect([await text(asideName), await text(asideName.replace('.json', '-2.json'))]).toEqual(['one', 'two'])
  })

  test('a file of a newer Sesame is left as it is', async () => {
    const newer = '{"version":2,"profiles":{"shape":"unknown"}}'
    await put(newer)
    const store = createProfileStore({ directory, clock, lock: noLock })
    expect(await store.open()).toMatchObject({ code: 'profiles.newer', detail: file() })
    expect(await store.add(sampleSettings())).toMatchObject({
      ok: false,
      failure: { code: 'profiles.not-saved' },
    })
    expect(store.list()).toEqual([])
    expect(await text()).toBe(newer)
    expect(await readdir(directory)).toEqual(['profiles.json'])
  })

  test('a file that cannot be read is left as it is', async () => {
    await mkdir(file(), { recursive: true })
    const store = createProfileStore({ directory, clock, lock: noLock })
    expect(await store.open()).toMatchObject({ code: 'profiles.unreadable' })
    expect(await store.add(sampleSettings())).toMatchObject({
      ok: false,
      failure: { code: 'profiles.not-saved' },
    })
    expect(await readdir(directory)).toEqual(['profiles.json'])
  })

  test('a file that is gone comes back from its last good copy, with a notice', async () => {
    const store = await opened()
    await add(store, 'a')
    await rm(file())
    const next = createProfileStore({ directory, clock, lock: noLock })
    expect(await next.open()).toMatchObject({ code: 'profiles.restored' })
    expect(next.list()).toEqual(store.list())
    expect(await createProfileStore({ directory, clock, lock: noLock }).open()).toBeUndefined()
  })

  test('a thousand profiles open and change', async () => {
    const profiles = Array.from({ length: 1_000 }, (_value, at) => ({
      ...sampleSettings({ name: `p${at}` }),
      id: `7f1f3c52-0d1b-4b7e-9a42-${String(at).padStart(12, '0')}`,
    }))
    await put(JSON.stringify({ version: 1, profiles }))
    const store = await opened()
    expect(store.list().length).toBe(1_000)
    await store.move(profiles[999]?.id ?? '', profiles[0]?.id)
    expect((await opened()).list()[0]?.name).toBe('p999')
  })
})
