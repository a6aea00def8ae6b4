// Owns how a person names a profile in a terminal: by id, by name, or by the beginning of either where that is enough. Pure.
import { fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import { isSameName } from '../profiles/profile-names.ts'

const folded = (text: string): string => text.normalize('NFC').toLowerCase()

/** Codes: profile.unknown-name, profile.ambiguous-name (`detail` names the candidates). A whole name wins over a beginning. */
export const findProfile = <P extends Pick<Profile, 'id' | 'name'>>(
  profiles: readonly P[],
  reference: string,
): Result<P> => {
  const whole = profiles.find(({ id, name }) => id === reference || isSameName(name, reference))
  if (whole !== undefined) return ok(whole)
  const start = folded(reference)
  const begun =
    start === ''
      ? []
      : profiles.filter(({ id, name }) => folded(name).startsWith(start) || id.startsWith(start))
  const [only, ...others] = begun
  if (only === undefined) return fail('profile.unknown-name', { detail: reference })
  if (others.length === 0) return ok(only)
  const names = begun.slice(0, 5).map(({ name }) => name)
  return fail('profile.ambiguous-name', { detail: names.join(', ') + (begun.length > 5 ? ', …' : '') })
}
