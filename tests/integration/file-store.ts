// A secret store in a folder that several processes may share: a file per item, replaced in one step as a keychain does; its items may
// be as small as Windows' are. In the clear, for tests alone.
import { mkdirSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assertStorable, done, type SecretStore } from '../../main/vault/secret-store.ts'

let writes = 0

/** Whatever went wrong with a file is a bug of the test. */
export const createFileStore = (folder: string, itemBytes?: number): SecretStore => {
  mkdirSync(folder, { recursive: true })
  const pathOf = (account: string): string => join(folder, encodeURIComponent(account))
  const valueOf = (account: string): Promise<string | undefined> =>
    readFile(pathOf(account), 'utf8').catch(() => undefined)
  return {
    backend: 'Folder',
    persistent: true,
    itemBytes,
    probe: async () => done,
    async read(account) {
      const value = await valueOf(account)
      return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
    },
    async readAll(accounts) {
      return { kind: 'read', values: await Promise.all(accounts.map(valueOf)) }
    },
    async write(account, value) {
      assertStorable(value)
      if (itemBytes !== undefined && Buffer.byteLength(value) > itemBytes) {
        throw new RangeError(`${account} has ${Buffer.byteLength(value)} bytes`)
      }
      writes += 1
      const temporary = `${pathOf(account)}.${process.pid}-${writes}.tmp`
      await writeFile(temporary, value)
      await rename(temporary, pathOf(account))
      return done
    },
    async remove(account) {
      await rm(pathOf(account), { force: true })
      return done
    },
    onRecovered: () => () => undefined,
  }
}

/** The names of all items; what an interrupted write of this store itself left does not count. */
export const itemsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => []))
    .filter((name) => !name.endsWith('.tmp'))
    .map((name) => decodeURIComponent(name))
    .toSorted()
