// Owns finding out which version this is: package.json is above the source and above the bundle, at different heights.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const readVersion = (start: string): string => {
  for (let folder = start; ; folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      if (name === 'sesame' && typeof version === 'string') return version
    } catch {
      // None here: one folder up.
    }
    if (dirname(folder) === folder) return 'unknown'
  }
}
