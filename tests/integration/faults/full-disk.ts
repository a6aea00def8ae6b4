// Owns a disk that takes no more, for main's file modules as they stand: a write gets half-way, then the system says ENOSPC. What needs
// no space still works: names, links, emptying, removing. A disk that is really full is in ../vault/faults.test.ts.
import type * as fs from 'node:fs/promises'
import { sep } from 'node:path'

type Files = typeof fs

export const disk = {
  isFull: false,
  /** Files below a folder of this name had their space already. */
  except: undefined as string | undefined,
}

const fits = (path: unknown): boolean => {
  if (!disk.isFull) return true
  return disk.except !== undefined && String(path).includes(`${sep}${disk.except}${sep}`)
}

const noSpace = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    errno: -28,
    syscall: 'write',
  })

const half = (data: unknown): Uint8Array => {
  const bytes = Buffer.from(typeof data === 'string' || data instanceof Uint8Array ? data : '')
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

/** `node:fs/promises` on that disk. */
export const filesOn = (real: Files): Files => {
  const onHandle = (handle: fs.FileHandle, path: unknown): fs.FileHandle => {
    const writeFile = handle.writeFile.bind(handle)
    const appendFile = handle.appendFile.bind(handle)
    handle.writeFile = async (data, options) => {
      if (fits(path)) return writeFile(data, options)
      await writeFile(half(data))
      throw noSpace()
    }
    handle.appendFile = async (data, options) => {
      if (fits(path)) return appendFile(data, options)
      await appendFile(half(data))
      throw noSpace()
    }
    return handle
  }
  const files: Files = {
    ...real,
    open: async (...args) => onHandle(await real.open(...args), args[0]),
    writeFile: async (file, data, options) => {
      if (fits(file)) return real.writeFile(file, data, options)
      await real.writeFile(file, half(data), options)
      throw noSpace()
    },
    appendFile: async (file, data, options) => {
      if (fits(file)) return real.appendFile(file, data, options)
      await real.appendFile(file, half(data), options)
      throw noSpace()
    },
  }
  return { ...files, default: files } as Files
}
