// Owns what is refused of what a person typed for a profile, and in which words.
import { fail, ok, type Result } from '../failure.ts'
import { type Profile, type ProfileSettings, profileSettingsSchema } from './profile.ts'
import { isSameName } from './profile-names.ts'

/**
 * Checks what a person typed. The failure names the first wrong field, dotted for nested ones (`endpoints.userPool`), and says
 * what a right value looks like.
 */
export const checkSettings = (settings: unknown): Result<ProfileSettings> => {
  const parsed = profileSettingsSchema.safeParse(settings)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return fail('input.invalid', {
    field: issue?.path.map(String).join('.'),
    ...(issue === undefined ? {} : { message: issue.message }),
  })
}

/** `except` is the profile that may keep its name. */
export const checkName = (profiles: readonly Profile[], name: string, except?: string): Result<void> =>
  profiles.some((profile) => profile.id !== except && isSameName(profile.name, name))
    ? fail('input.invalid', { field: 'name', message: 'Another profile has this name.' })
    : ok(undefined)
