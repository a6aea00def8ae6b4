// A secret store that several processes share: one file per item, replaced in one step. Nothing in it is secret.
import { mkdirSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { done, type SecretStore } from '../../../main/vault/secret-store.ts'

let writes = 0

export const createFileStore = (folder: string): SecretStore => {
  mkdirSync(folder, { recursive: true })
  const pathOf = (account: string): string => join(folder, encodeURIComponent(account))
  return {
    backend: 'Files',
    persistent: true,
    itemBytes: undefined,
    probe: async () => done,
    read: async (account) => {
      const value = await readFile(pathOf(account), 'utf8').catch(() => undefined)
      return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
    },
    write: async (account, value) => {
      writes += 1
      const temporary = `${pathOf(account)}.${process.pid}-${writes}`
      await writeFile(temporary, value)
      await rename(temporary, pathOf(account))
      return done
    },
    remove: async (account) => {
      await rm(pathOf(account), { force: true })
      return done
    },
    onRecovered: () => () => undefined,
  }
}
