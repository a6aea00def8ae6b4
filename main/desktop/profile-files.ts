// Owns the system's file dialogs for importing and exporting profiles: where a file is, never what is in it.
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { dialog } from 'electron'
import { fail, ok } from '../failure.ts'
import { readTextFile, replaceFile } from '../files.ts'
import type { ProfileFilesPort } from '../ipc/handlers/deps.ts'

/** Nothing that is imported comes near this; a film chosen by mistake is not read into memory. */
const largestBytes = 1024 * 1024

const isTooLarge = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.size > largestBytes
}

export const profileFiles: ProfileFilesPort = {
  open: async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: 'Import profiles',
      properties: ['openFile'],
      filters: [
        { name: 'Configurations', extensions: ['json', 'js', 'mjs', 'cjs'] },
        { name: 'All files', extensions: ['*'] },
      ],
    })
    const [path] = filePaths
    if (canceled || path === undefined) return ok(undefined)
    if (await isTooLarge(path))
      return fail('import.unrecognised', { detail: `${basename(path)}: It is larger than 512 kB.` })
    const file = await readTextFile(path)
    if (file.kind === 'found') return ok({ name: basename(path), text: file.text })
    const reason = file.kind === 'unreadable' ? file.reason : 'It is not there any more.'
    return fail('import.unreadable', { detail: `${basename(path)}: ${reason}` })
  },

  save: async (suggestedName, text) => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: 'Export profiles',
      defaultPath: suggestedName,
      filters: [{ name: 'Sesame profiles', extensions: ['json'] }],
    })
    if (canceled || filePath === '') return ok(undefined)
    const written = await replaceFile(filePath, text, { mode: 0o644 })
    return written.ok ? ok(basename(filePath)) : fail('export.not-written', { detail: written.reason })
  },
}
