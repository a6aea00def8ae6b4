// Owns the report on this Sesame that is fit to be sent to somebody: versions, states and counts. No name, address or id of a
// profile or person is in it, and no secret.
import type { AppView } from '../preload/views.ts'

export interface Diagnosed extends Pick<AppView, 'version' | 'host' | 'vault' | 'notices' | 'clockOffsetMs'> {
  readonly profiles: AppView['profiles']
  /** Such as `linux 6.1.0 x64`. */
  readonly system: string
  /** What runs us, by its own version: Electron, Chromium, Node. */
  readonly versions: Readonly<Partial<Record<'electron' | 'chrome' | 'node', string | undefined>>>
  /** Whether the configuration folder is the person's own. */
  readonly ownFolder: boolean
  readonly proxy: boolean
}

const countBy = <T>(list: readonly T[], keyOf: (one: T) => string | undefined): string => {
  const counts = new Map<string, number>()
  for (const key of list.map(keyOf)) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  const named = [...counts].toSorted(([one], [other]) => one.localeCompare(other))
  return named.map(([key, count]) => `${count} ${key}`).join(', ') || 'none'
}

const clockOf = (offsetMs: number | undefined): string => {
  if (offsetMs === undefined) return 'not compared yet'
  if (offsetMs === 0) return 'right'
  return `${Math.abs(offsetMs)} ms ${offsetMs > 0 ? 'behind' : 'ahead of'} Cognito's`
}

/** Text of one line for each fact. */
export const diagnosticsOf = (facts: Diagnosed): string => {
  const { version, host, versions, vault, profiles, clockOffsetMs, notices } = facts
  const failureOf = ({ session }: AppView['profiles'][number]): string | undefined =>
    'failure' in session ? session.failure.code : undefined
  const lines: readonly (readonly [name: string, value: string])[] = [
    [
      'Sesame',
      `${version} on ${host === 'electron' ? `Electron ${versions.electron}` : 'the stand-in host'}`,
    ],
    [
      'Runs on',
      `Node ${versions.node}${versions.chrome === undefined ? '' : `, Chromium ${versions.chrome}`}`,
    ],
    ['System', facts.system],
    ['Keychain', vault.kind === 'memory' ? 'not used' : `${vault.backend}, ${vault.kind}`],
    ['Configuration folder', facts.ownFolder ? 'the usual one' : 'another one'],
    ['Profiles', String(profiles.length)],
    ['Sessions', countBy(profiles, ({ session }) => session.status)],
    ['Failures', countBy(profiles, failureOf)],
    ['Sign-in', countBy(profiles, ({ profile }) => profile.signInMethod)],
    ['Notices', countBy(notices, ({ failure }) => failure.code)],
    ['Clock', clockOf(clockOffsetMs)],
    ['Proxy', facts.proxy ? 'used' : 'none'],
  ]
  return lines.map(([name, value]) => `${name}: ${value}\n`).join('')
}
