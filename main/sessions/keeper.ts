// Owns the order of what sessions ask of the vault: one thing after the other per profile, so that the last change is what
// stays, and that no record is stored without what the profile owes. Knows no state; what the vault could not take it keeps and tries
// again itself.
import type { Profile } from '../profiles/profile.ts'
import type { SessionVault, Unsaved, VaultRead, VaultWrite } from './ports.ts'
import { owing } from './record.ts'
import type { SessionRecord } from './session.ts'

export interface Keeper {
  read(profile: Profile): Promise<VaultRead<SessionRecord>>
  save(profile: Profile, record: SessionRecord): Promise<VaultWrite>
  remove(profileId: string): Promise<VaultWrite>
  unsaved(profileId: string): Unsaved
  /** Settles when the vault has answered to all that it was given so far; nobody waits for what it is asked. */
  saved(): Promise<void>
  /**
   * To ask where a session reads as absent: whether the vault had it as this process last left or found it, and another process removed
   * it since. Otherwise it was never there, or the keychain lost it.
   */
  isRemovedElsewhere(profileId: string): Promise<boolean>
  /** Settles when nothing is under way. */
  drain(): Promise<void>
}

/**
 * What the vault throws is a bug: `reportBug` gets it, and sessions go on as if the vault could not be reached, because a
 * token that was just rotated must not be lost with it. `owedBy` are refresh tokens that wait for their revocation: whatever is stored
 * of the profile carries them, beside those the record has itself.
 */
export const createKeeper = (
  vault: SessionVault,
  reportBug: (error: unknown) => void,
  owedBy: (profileId: string) => readonly string[] = () => [],
): Keeper => {
  const lastOf = new Map<string, Promise<unknown>>()
  const saving = new Set<Promise<unknown>>()
  /** Profiles whose session the vault has, as this process last left or found it. */
  const stored = new Set<string>()

  const inTurn = async <T>(profileId: string, work: () => Promise<T>, fallback: T): Promise<T> => {
    const before = lastOf.get(profileId)
    const run = (async () => {
      await before
      try {
        return await work()
      } catch (error) {
        reportBug(error)
        return fallback
      }
    })()
    lastOf.set(profileId, run)
    const value = await run
    if (lastOf.get(profileId) === run) lastOf.delete(profileId)
    return value
  }

  const complete = (record: SessionRecord, profileId: string): SessionRecord =>
    owing(record, [...(record.owedRevocations ?? []), ...owedBy(profileId)])

  const outOfReach = { kind: 'unavailable', reason: 'no-service' } as const
  const unsaved = { kind: 'unsaved', reason: 'no-service' } as const
  return {
    read: (profile) =>
      inTurn<VaultRead<SessionRecord>>(
        profile.id,
        async () => {
          const read = await vault.readSession(profile)
          if (read.kind === 'found') stored.add(profile.id)
          return read
        },
        outOfReach,
      ),
    async save(profile, record) {
      const run = inTurn<VaultWrite>(
        profile.id,
        async () => {
          stored.delete(profile.id)
          const write = await vault.writeSession(profile, complete(record, profile.id))
          if (write.kind === 'saved') stored.add(profile.id)
          return write
        },
        unsaved,
      )
      saving.add(run)
      const write = await run
      saving.delete(run)
      return write
    },
    remove: (profileId) =>
      inTurn<VaultWrite>(
        profileId,
        () => {
          stored.delete(profileId)
          return vault.removeSession(profileId)
        },
        unsaved,
      ),
    isRemovedElsewhere: (profileId) =>
      inTurn(
        profileId,
        async () => stored.has(profileId) && !(await vault.hasSession(profileId)) && stored.delete(profileId),
        false,
      ),
    unsaved: (profileId) => vault.unsavedSession(profileId),
    async saved() {
      await Promise.all(saving)
    },
    async drain() {
      while (lastOf.size > 0) await Promise.all(lastOf.values())
    },
  }
}
