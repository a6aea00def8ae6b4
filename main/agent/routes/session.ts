// Owns the requests about a session at hand: looking at its claims, refreshing, signing out, testing.
import * as z from 'zod'
import { signOutScopeSchema } from '../../../preload/views.ts'
import { runPreflight } from '../../credentials/preflight.ts'
import { type Failure, fail, ok } from '../../failure.ts'
import { inParallel } from '../../sessions/in-parallel.ts'
import { aboutProfile, isAvailable, type Routes, type Services } from '../services.ts'
import { withCommand } from '../terminal-remedy.ts'

const signOutSchema = z.object({ scope: signOutScopeSchema.default('device') })

const signOutsAtOnce = 4

export const sessionRoutes = (services: Services): Routes => {
  const { sessions, profiles } = services

  const about = aboutProfile(services)

  return {
    'GET /v1/profiles/:profile/claims': about(({ id }) => sessions.claims(id)),
    'POST /v1/profiles/:profile/refresh': about(async ({ id }) => {
      const refreshed = await sessions.fetchAuthSession(id, { forceRefresh: true })
      return refreshed.ok ? ok({}) : refreshed
    }),
    'POST /v1/profiles/:profile/test': about(({ id }) => sessions.testCredentials(id)),
    'POST /v1/profiles/:profile/doctor': about(async (profile) => {
      const steps = await runPreflight(services, profile)
      const helped = (failed: Failure | undefined) => failed && withCommand(failed, profile.name)
      return ok({ steps: steps.map((step) => ({ ...step, failure: helped(step.failure) })) })
    }),
    'POST /v1/profiles/:profile/sign-out': about(async ({ id }, { body }) => {
      const input = signOutSchema.safeParse(body ?? {})
      if (!input.success) return fail('agent.bad-request')
      return sessions.signOut(id, { global: input.data.scope === 'global' })
    }),
    /** Everything this may touch; what it may not is named, so that nobody believes it signed out. */
    'POST /v1/sign-out': async ({ body }) => {
      const input = signOutSchema.safeParse(body ?? {})
      if (!input.success) return fail('agent.bad-request')
      const all = profiles.list()
      const outcomes: unknown[] = []
      await inParallel(signOutsAtOnce, all.filter(isAvailable), async ({ id }) => {
        await sessions.load(id)
        const outcome = await sessions.signOut(id, { global: input.data.scope === 'global' })
        if (outcome.ok) outcomes.push(outcome.value)
      })
      const left = all.filter((profile) => !isAvailable(profile))
      return ok({ outcomes, left: left.map(({ name }) => name) })
    },
  }
}
