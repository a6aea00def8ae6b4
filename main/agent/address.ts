// Owns where the agent of a configuration folder listens, the same for the app that listens and the command that asks. Touches
// no file and loads nothing: the command's fast path begins here.

export interface AddressInput {
  /** Absolute path of the configuration folder. */
  readonly configDir: string
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Undefined on Windows. */
  readonly uid: number | undefined
  /** Whether this is a folder of this person's own; asked of systemd's `/run/user/<uid>`. */
  readonly isOwnFolder: (path: string) => boolean
}

export type AgentAddress =
  /** A socket in a folder that has nothing else in it. */
  | { readonly kind: 'socket'; readonly path: string; readonly folder: string }
  | { readonly kind: 'pipe'; readonly path: string }

/** sockaddr_un holds 104 bytes on macOS and the BSDs, 108 on Linux, with the final NUL. */
const longestPath = (platform: NodeJS.Platform): number => (platform === 'linux' ? 107 : 103)

/** 64-bit FNV-1a: tells folders apart; nothing secret hangs on it, and node:crypto takes longer to load than the whole answer. */
const hash = (text: string): string => {
  let value = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    value = ((value ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return value.toString(16).padStart(16, '0')
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

/**
 * Where the agent listens: in the session's runtime folder (XDG_RUNTIME_DIR, or systemd's own where the variable is missing, as in
 * cron), else in the configuration folder, else, where that path is too long for a socket, in a folder below the temporary one.
 */
export const agentAddress = (input: AddressInput): AgentAddress => {
  const { configDir, platform, env, uid, isOwnFolder } = input
  if (platform === 'win32') {
    // Windows has one name space for all people: the folder's path, with the person's name in it, tells them apart.
    return { kind: 'pipe', path: `\\\\.\\pipe\\sesame-${hash(configDir.toLowerCase())}` }
  }
  const socketIn = (folder: string): AgentAddress => ({
    kind: 'socket',
    folder,
    path: `${folder}/agent.sock`,
  })
  const fits = ({ path }: AgentAddress): boolean => byteLength(path) <= longestPath(platform)

  const systemd = `/run/user/${uid}`
  const runtime =
    env['XDG_RUNTIME_DIR'] || (platform === 'linux' && isOwnFolder(systemd) ? systemd : undefined)
  const candidates = [
    ...(runtime === undefined ? [] : [socketIn(`${runtime}/sesame-${hash(configDir)}`)]),
    socketIn(`${configDir}/agent`),
  ]
  return candidates.find(fits) ?? socketIn(`/tmp/sesame-${uid}-${hash(configDir)}`)
}
