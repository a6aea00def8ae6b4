// Owns the sentences of the status bar. Pure.
import type { ProfileView, UnsavedView, VaultView } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'
import type { Tone } from '../../ui/marks.tsx'

export interface VaultWords {
  readonly tone: Tone
  readonly text: string
  /** Whether asking the keychain again may help. */
  readonly canRetry: boolean
}

export interface WaitingWords {
  readonly tone: Tone
  readonly text: string
}

const sessionCount = (count: number): string => (count === 1 ? '1 session' : `${count} sessions`)

/** What the keychain has not taken, the worse first: lost on quitting, or safe in a file. Undefined where it has taken everything. */
export const waitingWords = (profiles: readonly ProfileView[]): WaitingWords | undefined => {
  const countOf = (where: UnsavedView): number =>
    profiles.filter(
      ({ profile, session }) =>
        profile.storage === 'keychain' && 'unsaved' in session && session.unsaved === where,
    ).length
  const lost = countOf('in-memory')
  const kept = countOf('on-disk')
  const inFile = `${sessionCount(kept)} in an encrypted file`
  if (lost > 0) {
    return { tone: 'warn', text: `${sessionCount(lost)} not saved${kept > 0 ? `, ${inFile}` : ''}` }
  }
  return kept > 0 ? { tone: 'neutral', text: inFile } : undefined
}

/** `isWaiting`: it is said elsewhere where sessions are kept meanwhile. */
export const vaultWords = (vault: VaultView, isWaiting = false): VaultWords => {
  switch (vault.kind) {
    case 'unlocked':
      return { tone: 'ok', text: `Keychain: ${vault.backend}, unlocked`, canRetry: false }
    case 'locked':
      return { tone: 'bad', text: `Keychain: ${vault.backend}, locked`, canRetry: true }
    case 'absent':
      return {
        tone: 'warn',
        text: isWaiting ? 'No keychain' : 'No keychain: sessions stay in memory',
        canRetry: true,
      }
    case 'memory':
      return { tone: 'neutral', text: 'Sessions stay in memory', canRetry: false }
    default:
      return unreachable(vault)
  }
}

export interface NextRefresh {
  readonly at: number
  readonly name: string
}

/** The refresh that comes first, over all profiles. */
export const nextRefresh = (profiles: readonly ProfileView[]): NextRefresh | undefined => {
  let next: NextRefresh | undefined
  for (const { profile, session } of profiles) {
    const at = session.status === 'active' ? session.lifetimes.tokens.refreshesAt : undefined
    if (at !== undefined && (next === undefined || at < next.at)) next = { at, name: profile.name }
  }
  return next
}

/** How far this machine's clock is from AWS's; undefined before the first answer. */
export const clockWords = (offsetMs: number | undefined): string | undefined => {
  if (offsetMs === undefined) return undefined
  const seconds = Math.abs(offsetMs) / 1_000
  if (seconds < 0.05) return 'Clock agrees with AWS'
  if (seconds < 90) return `Clock ${seconds.toFixed(1)} s off AWS`
  if (seconds < 90 * 60) return `Clock ${Math.round(seconds / 60)} min off AWS`
  return `Clock ${Math.round(seconds / 3_600)} h off AWS`
}

/** From here on signatures are refused (AWS SigV4 admits 5 minutes; we warn before). */
export const clockIsWrong = (offsetMs: number | undefined): boolean => Math.abs(offsetMs ?? 0) > 60_000
