// Owns the requests about profiles, and that a profile and its client secret come and go together. What becomes of the session,
// sessions/ sees to itself.

import type { ProfileInput } from '../../../preload/contract.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { audienceOf, isSecretFor } from '../../profiles/audience.ts'
import { checkSettings } from '../../profiles/check-settings.ts'
import { parsePool } from '../../profiles/parse-pool.ts'
import { type Profile, profileSettingsSchema } from '../../profiles/profile.ts'
import type { VaultWrite } from '../../sessions/ports.ts'
import { isSameClient } from '../../sessions/same-client.ts'
import { vaultFailure } from '../../sessions/verdicts.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerDeps } from './deps.ts'

type ProfileRequest =
  | 'profiles.recognise'
  | 'profiles.add'
  | 'profiles.update'
  | 'profiles.duplicate'
  | 'profiles.move'
  | 'profiles.remove'
  | 'profiles.check'

/** All that reaching a pool takes; a half-filled form is enough to check a connection. */
const poolSchema = profileSettingsSchema.pick({ userPoolId: true, clientId: true, endpoints: true })

/** A typed secret implies that the app client has one; an empty field is no secret. */
const readInput = ({ settings, clientSecret }: ProfileInput) => {
  const secret = clientSecret?.trim() || undefined
  return { secret, settings: secret === undefined ? settings : { ...settings, hasClientSecret: true } }
}

const missingSecret = (
  message = 'This app client has a secret, and Sesame does not know it yet.',
): Result<never> =>
  fail('input.invalid', {
    field: 'clientSecret',
    message,
    remedy: 'Enter the app client secret, or say that the client has none.',
  })

export const profileHandlers = ({
  profiles,
  sessions,
  vault,
  issuer,
  notices,
}: Pick<HandlerDeps, 'profiles' | 'sessions' | 'vault' | 'issuer' | 'notices'>): Handlers<ProfileRequest> => {
  const viewOf = (profile: Profile): Result<ProfileView> => {
    const view = sessions.view(profile.id)
    return view ? ok(view) : fail('profile.not-found')
  }
  /** The profile is saved at this point: a keychain that refuses its secret is told beside the answer, not instead of it. */
  const tellIfUnsaved = (written: VaultWrite): void => {
    if (written.kind === 'saved') return
    notices.put({ id: 'client-secret-unsaved', tone: 'warn', failure: vaultFailure(written.reason) })
  }
  const keepSecret = async (profile: Profile, secret: string | undefined): Promise<void> => {
    if (secret !== undefined) tellIfUnsaved(await vault.writeClientSecret(profile, secret))
    else if (!profile.hasClientSecret) tellIfUnsaved(await vault.removeClientSecret(profile.id))
  }
  return {
    'profiles.recognise': (text) => ok(parsePool(text) ?? {}),

    'profiles.add': async (input) => {
      const { settings, secret } = readInput(input)
      if (settings['hasClientSecret'] === true && secret === undefined) return missingSecret()
      const added = await profiles.add(settings)
      if (!added.ok) return added
      await keepSecret(added.value, secret)
      return viewOf(added.value)
    },

    'profiles.update': async (id, input) => {
      const before = profiles.get(id)
      if (!before) return fail('profile.not-found')
      const { settings, secret } = readInput(input)
      const checked = checkSettings(settings)
      if (!checked.ok) return checked
      const after = { ...checked.value, id }
      const stored = await vault.readClientSecret(before)
      if (after.hasClientSecret && secret === undefined) {
        if (stored.kind === 'absent') return missingSecret()
        if (!isSecretFor(audienceOf(before), after))
          return missingSecret('The stored client secret belongs to the app client and addresses before.')
      }
      const kept = stored.kind === 'found' ? stored.value : undefined

      // Another app client's session is of no use to this profile, and its tokens are not left behind.
      const left = isSameClient(before, after) ? ok(undefined) : await sessions.leaveClient(id)
      if (!left.ok) return left

      // The secret goes first: sessions try again as soon as the profile changes, and must find the new one.
      const moved = before.storage === after.storage || !after.hasClientSecret ? undefined : kept
      await keepSecret(after, secret ?? moved)
      const updated = await profiles.update(id, settings)
      if (updated.ok) return viewOf(updated.value)
      await keepSecret(before, kept)
      return updated
    },

    'profiles.duplicate': async (id) => {
      const original = profiles.get(id)
      if (!original) return fail('profile.not-found')
      const copy = await profiles.duplicate(id)
      if (!copy.ok) return copy
      const secret = await vault.readClientSecret(original)
      if (secret.kind === 'found') await keepSecret(copy.value, secret.value)
      return viewOf(copy.value)
    },

    'profiles.move': async (id, environment, beforeId) => {
      const moved = await profiles.move(id, beforeId, environment)
      return moved.ok ? ok(undefined) : moved
    },

    'profiles.remove': async (id) => {
      const removed = await profiles.remove(id)
      if (!removed.ok) return removed
      return ok(await sessions.departureOf(id))
    },

    'profiles.check': async ({ settings }) => {
      const parsed = poolSchema.safeParse({ endpoints: {}, ...settings })
      if (parsed.success) return issuer.check(parsed.data)
      const [issue] = parsed.error.issues
      return fail('input.invalid', { field: issue?.path.map(String).join('.'), message: issue?.message })
    },
  }
}
