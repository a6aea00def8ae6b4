// Owns what is different between two lists of profiles: one in memory, and one that another process saved.
import type { Profile } from './profile.ts'

export type ProfilesChange = {
  readonly kind: 'added' | 'updated' | 'removed' | 'moved'
  readonly profile: Profile
}

/** Both were read or written by the schema, so their fields are in its order. */
export const isEqual = (one: Profile, other: Profile): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** What is different about the second list; `moved` where only the order is. */
export const changesBetween = (before: readonly Profile[], after: readonly Profile[]): ProfilesChange[] => {
  const changes = after.flatMap((profile, place): ProfilesChange[] => {
    const old = before.find(({ id }) => id === profile.id)
    if (old === undefined) return [{ kind: 'added', profile }]
    if (!isEqual(old, profile)) return [{ kind: 'updated', profile }]
    return before[place]?.id === profile.id ? [] : [{ kind: 'moved', profile }]
  })
  const removed = before.filter(({ id }) => !after.some((profile) => profile.id === id))
  return [...changes, ...removed.map((profile): ProfilesChange => ({ kind: 'removed', profile }))]
}
