// A secret store in a folder, a file per item, replaced in one step as a keychain does; its items may be as small as Windows' are.
// In the clear, for tests alone.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assertStorable, done, type SecretStore } from '../../../main/vault/secret-store.ts'

const fileOf = (account: string): string => encodeURIComponent(account)

/** Whatever went wrong with a file is a bug of the test. */
export const createFileStore = (folder: string, itemBytes: number | undefined): SecretStore => {
  const pathOf = (account: string): string => join(folder, fileOf(account))
  return {
    backend: 'Folder',
    persistent: true,
    itemBytes,
    async probe() {
      await mkdir(folder, { recursive: true })
      return done
    },
    async read(account) {
      const value = await readFile(pathOf(account), 'utf8').catch(() => undefined)
      return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
    },
    async write(account, value) {
      assertStorable(value)
      if (itemBytes !== undefined && Buffer.byteLength(value) > itemBytes) {
        throw new RangeError(`${account} has ${Buffer.byteLength(value)} bytes`)
      }
      await writeFile(`${pathOf(account)}.tmp`, value)
      await rename(`${pathOf(account)}.tmp`, pathOf(account))
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
