// Owns remembering across runs which profiles have sections in the shared files. Without it, one that was removed or switched off while
// nobody looked (a crash, the command line) would leave its section behind for good.
import * as z from 'zod'
import { readTextFile, replaceFile } from '../../files.ts'

export interface KeptSections {
  /** Ids of profiles; empty where nothing is remembered, or nothing can be read. */
  read(): Promise<readonly string[]>
  /** Settles when it is on disk, or could not be put there. */
  write(profileIds: readonly string[]): Promise<void>
}

const fileSchema = z.object({ profiles: z.array(z.uuid()) })

export const keptSectionsIn = (file: string): KeptSections => ({
  async read() {
    const found = await readTextFile(file)
    if (found.kind !== 'found') return []
    try {
      return fileSchema.parse(JSON.parse(found.text)).profiles
    } catch {
      return []
    }
  },
  async write(profileIds) {
    await replaceFile(file, `${JSON.stringify({ profiles: profileIds })}\n`)
  },
})
