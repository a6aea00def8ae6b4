// Owns the command that a `credential_process` line names: how `sesame` is started from anywhere on this machine, and how that is
// written so that every reader of the line starts the same. Pure over what it is told of the machine.
import { posix, win32 } from 'node:path'

export interface Machine {
  readonly platform: NodeJS.Platform
  /** The program that runs this, and whether it is a plain Node, which can run the command too. */
  readonly execPath: string
  readonly isNode: boolean
  /** Where this code lies. */
  readonly folder: string
  /** Electron's `resources` folder, where there is one. */
  readonly resources: string | undefined
  /** The variable PATH. */
  readonly path: string
  readonly exists: (path: string) => boolean
}

const pathsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? win32 : posix)

/** The first program of this name on the PATH, by its whole path: whoever reads the line may have another PATH. */
const onPath = ({ platform, path, exists }: Machine, name: string): string | undefined => {
  const paths = pathsOf(platform)
  return path
    .split(paths.delimiter)
    .filter((folder) => paths.isAbsolute(folder))
    .flatMap((folder) =>
      platform === 'win32'
        ? [paths.join(folder, `${name}.exe`), paths.join(folder, `${name}.cmd`)]
        : [paths.join(folder, name)],
    )
    .find((file) => exists(file))
}

/** The built command: beside the bundle, or below the clone whose source this is. */
const builtCommand = ({ platform, folder, exists }: Machine): string | undefined => {
  const paths = pathsOf(platform)
  // Nothing but Electron reads files out of an archive.
  if (folder.includes('app.asar')) return undefined
  for (let above = folder; ; above = paths.dirname(above)) {
    const found = [paths.join(above, 'cli.js'), paths.join(above, 'out/main/cli.js')].find((file) =>
      exists(file),
    )
    if (found !== undefined || paths.dirname(above) === above) return found
  }
}

/**
 * The words that start `sesame`: the launcher that an installed app brings in its resources (`bin/sesame`), else a Node with the built
 * command, else `sesame` from the PATH. Undefined where there is none of them.
 */
export const sesameWords = (machine: Machine): readonly string[] | undefined => {
  const { platform, resources, exists } = machine
  const name = platform === 'win32' ? 'sesame.cmd' : 'sesame'
  const launcher = resources === undefined ? undefined : pathsOf(platform).join(resources, 'bin', name)
  if (launcher !== undefined && exists(launcher)) return [launcher]
  const command = builtCommand(machine)
  const node = machine.isNode ? machine.execPath : onPath(machine, 'node')
  if (command !== undefined && node !== undefined) return [node, command]
  const installed = onPath(machine, 'sesame')
  return installed === undefined ? undefined : [installed]
}

/** One word for both readers, or undefined where no spelling means the same to both. */
type QuoteWord = (word: string) => string | undefined

/**
 * botocore splits the line by Python's shlex, the SDKs for JavaScript and Go give it to sh; the SDK for JavaScript cuts it at a `#` or
 * `;` behind a space first. Single quotes are the same to all.
 */
const quotePosix: QuoteWord = (word) => {
  if (/^[\w/.:=@+-]+$/.test(word)) return word
  if (word === '' || !word.isWellFormed() || /\p{Cc}|\s[#;]/u.test(word)) return undefined
  if (!word.includes("'")) return `'${word}'`
  return /["$`\\]/.test(word) ? undefined : `"${word}"`
}

/**
 * botocore splits by the rules of Microsoft's C runtime, the SDK for JavaScript gives the line to cmd: both take a backslash for itself
 * unless a quote follows, and cmd expands `%` between quotes too. Only ASCII, since each reads the file in another encoding.
 */
const quoteWindows: QuoteWord = (word) => {
  if (/^[\w\\/.:=@+-]+$/.test(word)) return word
  return /^[\x20-\x7E]+$/.test(word) && !/["%!]|\s[#;]|\\$/.test(word) ? `"${word}"` : undefined
}

/** The words as the value of `credential_process`; undefined where not every reader would start the same. */
export const commandLine = (words: readonly string[], platform: NodeJS.Platform): string | undefined => {
  const quote = platform === 'win32' ? quoteWindows : quotePosix
  const quoted = words.map(quote)
  return quoted.includes(undefined) ? undefined : quoted.join(' ')
}
