// Owns looking for a text where secrets must not be: files, the page's heap, the memory of renderer processes.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'

/** A text as it may lie in memory or a file: as UTF-8, as UTF-16, or in base 64. */
const spellings = (text: string): readonly Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  // Without the last characters, which depend on what follows.
  Buffer.from(Buffer.from(text).toString('base64').replaceAll('=', '').slice(0, -2)),
]

export const holds = (bytes: Buffer, text: string): boolean =>
  spellings(text).some((spelling) => bytes.includes(spelling))

/** Every file under a folder, with what is in it. What is not there, or vanishes while it is read, is left out. */
export const filesUnder = (folder: string): { readonly path: string; readonly bytes: Buffer }[] => {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile()) return []
    try {
      return [{ path, bytes: readFileSync(path) }]
    } catch {
      return []
    }
  })
}

/** A snapshot of the page's heap, garbage collected first, as text. */
export const heapOf = async (page: Page): Promise<Buffer> => {
  const protocol = await page.context().newCDPSession(page)
  const chunks: string[] = []
  protocol.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await protocol.send('HeapProfiler.enable')
  await protocol.send('HeapProfiler.collectGarbage')
  await protocol.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await protocol.detach()
  return Buffer.from(chunks.join(''))
}

const parentOf = (pid: number): number | undefined => {
  try {
    // `pid (name) state ppid …`, where the name may hold anything.
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) \S+ /s, '')
        .split(' ')[0],
    )
  } catch {
    return undefined
  }
}

const isUnder = (pid: number, ancestor: number): boolean => {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parentOf(at))
    if (at === ancestor) return true
  return false
}

/** The renderer processes of an app, by the process that was started. Linux only. */
export const renderersOf = (appPid: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isUnder(pid, appPid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')
      } catch {
        return false
      }
    })

/** Whether this process may look into another one's memory: Linux, and nobody in between who forbids it. */
export const mayReadMemoryOf = (pid: number): boolean => {
  try {
    closeSync(openSync(`/proc/${pid}/mem`, 'r'))
    return true
  } catch {
    return false
  }
}

const chunkBytes = 16 * 1024 * 1024
const overlapBytes = 4_096

/** Which of the texts are anywhere in the writable memory of a process, freed or not. Linux only. */
export const foundInMemory = (pid: number, texts: readonly string[]): string[] => {
  const found = new Set<string>()
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const buffer = Buffer.alloc(chunkBytes)
  const lookAt = (start: number, end: number): void => {
    for (let at = start; at < end; at += chunkBytes - overlapBytes) {
      let size = 0
      try {
        size = readSync(memory, buffer, 0, Math.min(chunkBytes, end - at), at)
      } catch {
        // A region of a device, or one that has gone meanwhile.
      }
      const bytes = buffer.subarray(0, size)
      for (const text of texts) if (!found.has(text) && holds(bytes, text)) found.add(text)
    }
  }
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, start, end] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
    if (start !== undefined && end !== undefined) lookAt(Number.parseInt(start, 16), Number.parseInt(end, 16))
  }
  closeSync(memory)
  return [...found]
}
