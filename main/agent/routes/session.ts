// Owns the requests about a session at hand: looking at its claims, refreshing, signing out, testing.
import * as z from 'zod'
import { type SignOutOutcome, signOutScopeSchema } from '../../../preload/views.ts'
import { runPreflight } from '../../credentials/preflight.ts'
import { type Failure, fail, ok } from '../../failure.ts'
import type { Profile } from '../../profiles/profile.ts'
import { inParallel } from '../../sessions/in-parallel.ts'
import { aboutProfile, isAvailable, type Routes, type Services } from '../services.ts'
import { withCommand } from '../terminal-remedy.ts'

const signOutSchema = z.object({ scope: signOutScopeSchema.default('device') })

const loadsAtOnce = 4

const isKeptBack = (profile: Profile): boolean => !isAvailable(profile)

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
    /**
     * Everything this may touch, a user of several profiles once. What it may not, and what could not be signed out, is named, so
     * that nobody believes it signed out.
     */
    'POST /v1/sign-out': async ({ body }) => {
      const input = signOutSchema.safeParse(body ?? {})
      if (!input.success) return fail('agent.bad-request')
      const { scope } = input.data
      const [available, left] = [profiles.list().filter(isAvailable), profiles.list().filter(isKeptBack)]
      await inParallel(loadsAtOnce, available, async ({ id }) => {
        await sessions.load(id)
      })
      const meant = new Set(available.map(({ id }) => id))
      const ended = await sessions.signOutEverywhere(undefined, { scope, isMeant: (id) => meant.has(id) })
      const outcomeOf = new Map(ended.map((outcome) => [outcome.profileId, outcome]))
      const outcomes: SignOutOutcome[] = []
      const failed: { profile: string; failure: Failure }[] = []
      for (const { id, name } of available) {
        const outcome = outcomeOf.get(id) ?? { profileId: id, reached: 'nothing-to-do' }
        const { reached, failure } = outcome
        if (reached === 'nothing-to-do' && failure !== undefined) failed.push({ profile: name, failure })
        else outcomes.push(outcome)
      }
      return ok({ outcomes, failed, left: left.map(({ name }) => name) })
    },
  }
}
