// Owns the requests about profiles themselves. Their settings hold no secret; a client secret goes in and never out.
import * as z from 'zod'
import { profileInputSchema } from '../../../preload/contract.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { profileHandlers } from '../../ipc/handlers/profiles.ts'
import { checkSettings } from '../../profiles/check-settings.ts'
import { mergeSettings } from '../../profiles/import/plan.ts'
import { exportRegionOf, type Profile, profileSettingsSchema } from '../../profiles/profile.ts'
import { inParallel } from '../../sessions/in-parallel.ts'
import type { ListedProfile } from '../answers.ts'
import { findProfile } from '../find-profile.ts'
import { availableProfile, isAvailable, type Routes, type Services } from '../services.ts'

/** As many as the vault is asked for at once anywhere. */
const readsAtOnce = 4

const addSchema = profileInputSchema.extend({
  /** The app client has a secret that comes later: no file carries one. */
  secretLater: z.boolean().optional(),
})

export const profileRoutes = (services: Services): Routes => {
  const { profiles, sessions } = services
  const handlers = profileHandlers(services)

  const listed = (profile: Profile): ListedProfile => {
    const view = isAvailable(profile) ? sessions.view(profile.id) : undefined
    return {
      profile,
      exportRegion: exportRegionOf(profile),
      ...(view === undefined ? {} : { session: view.session }),
    }
  }
  const find = (name: string | undefined): Result<Profile> => findProfile(profiles.list(), name ?? '')

  return {
    'GET /v1/status': () =>
      ok({
        version: services.version,
        pid: process.pid,
        profiles: { all: profiles.list().length, available: profiles.list().filter(isAvailable).length },
      }),
    'GET /v1/profiles': async () => {
      const all = profiles.list()
      await inParallel(readsAtOnce, all.filter(isAvailable), async ({ id }) => {
        await sessions.load(id)
      })
      return ok({ profiles: all.map(listed) })
    },
    'GET /v1/profiles/:profile': async ({ params: [name] }) => {
      const found = find(name)
      if (!found.ok) return found
      if (isAvailable(found.value)) await sessions.load(found.value.id)
      return ok(listed(found.value))
    },
    'POST /v1/profiles': async ({ body }) => {
      const input = addSchema.safeParse(body)
      if (!input.success) return fail('agent.bad-request')
      if (input.data.secretLater === true) {
        const added = await profiles.add(input.data.settings)
        return added.ok ? ok(listed(added.value)) : added
      }
      const added = await handlers['profiles.add'](input.data)
      return added.ok ? ok(listed(added.value.profile)) : added
    },
    /** Changes the settings that are named and leaves the others. */
    'PATCH /v1/profiles/:profile': async ({ params: [name], body }) => {
      const found = availableProfile(services, name)
      if (!found.ok) return found
      const input = profileInputSchema.safeParse(body)
      if (!input.success) return fail('agent.bad-request')
      const changes = profileSettingsSchema.partial().safeParse(input.data.settings)
      if (!changes.success) return checkSettings({ ...found.value, ...input.data.settings })
      const settings = mergeSettings(found.value, changes.data)
      const changed = await handlers['profiles.update'](found.value.id, { ...input.data, settings })
      return changed.ok ? ok(listed(changed.value.profile)) : changed
    },
    'DELETE /v1/profiles/:profile': async ({ params: [name] }) => {
      const found = availableProfile(services, name)
      if (!found.ok) return found
      await sessions.load(found.value.id)
      const removed = await handlers['profiles.remove'](found.value.id)
      return removed.ok ? ok({ ended: removed.value }) : removed
    },
  }
}
