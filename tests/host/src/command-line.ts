/** Reads the command line of the `electron` executable. Starts nothing. */

export interface CommandLine {
  /** Files given with `-r`, to be required before the app. */
  readonly preloads: readonly string[]
  /** `--name=value` before the app's path. */
  readonly switches: ReadonlyMap<string, string>
  /** The app's directory or script. */
  readonly target: string
}

/**
 * `electron [-r file] [--switch[=value]]… <app directory or script> [arguments of the app]…`
 *
 * @param args what follows the executable
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const preloads: string[] = []
  const switches = new Map<string, string>()
  const rest = args[Symbol.iterator]()
  for (const arg of rest) {
    if (arg === '-r' || arg === '--require') {
      const { value } = rest.next()
      if (value !== undefined) preloads.push(value)
      continue
    }
    const [, name, value = ''] = /^--([^=]+)=?([^]*)$/.exec(arg) ?? []
    if (name === undefined) return { preloads, switches, target: arg }
    switches.set(name, value)
  }
  return { preloads, switches, target: '.' }
}
