// Owns the question whether a folder is this person's alone. Loads only node:fs, for the command's fast path.
import { lstatSync } from 'node:fs'

export type FolderState = 'own' | 'absent' | 'foreign'

/** `own`: a real folder of this user that nobody else may enter. Symbolic links are foreign. */
export const folderState = (path: string): FolderState => {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 'absent'
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0
    ? 'own'
    : 'foreign'
}
