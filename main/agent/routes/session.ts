// Owns the requests about a session: signing in step by step, looking at its claims, refreshing, signing out, testing.
import * as z from 'zod'
import { signInAnswerSchema, signOutScopeSchema } from '../../../preload/views.ts'
import { runPreflight } from '../../credentials/preflight.ts'
import { fail, ok, type Result } from '../../failure.ts'
import type { Profile } from '../../profiles/profile.ts'
import { inParallel } from '../../sessions/in-parallel.ts'
import { availableProfile, isAvailable, type RouteInput, type Routes, type Services } from '../services.ts'

const signInSchema = z.object({ username: z.string().max(128), password: z.string().max(256) })
const signOutSchema = z.object({ scope: signOutScopeSchema.default('device') })

const signOutsAtOnce = 4

export const sessionRoutes = (services: Services): Routes => {
  const { sessions, profiles } = services

  /** A request about one available profile whose session has been read. */
  const about =
    (work: (profile: Profile, body: unknown) => Promise<Result<unknown>>) =>
    async ({ params: [name], body }: RouteInput): Promise<Result<unknown>> => {
      const profile = availableProfile(services, name)
      if (!profile.ok) return profile
      await sessions.load(profile.value.id)
      return work(profile.value, body)
    }

  return {
    'POST /v1/profiles/:profile/sign-in': about(async (profile, body) => {
      const input = signInSchema.safeParse(body)
      return input.success ? sessions.beginSignIn(profile.id, input.data) : fail('agent.bad-request')
    }),
    'POST /v1/sign-in/:attempt': async ({ params: [attemptId = ''], body }) => {
      const answer = signInAnswerSchema.safeParse(body)
      return answer.success ? sessions.answerSignIn(attemptId, answer.data) : fail('agent.bad-request')
    },
    'DELETE /v1/sign-in/:attempt': ({ params: [attemptId = ''] }) => {
      sessions.cancelSignIn(attemptId)
      return ok({})
    },
    'GET /v1/profiles/:profile/claims': about(({ id }) => sessions.claims(id)),
    'POST /v1/profiles/:profile/refresh': about(async ({ id }) => {
      const refreshed = await sessions.fetchAuthSession(id, { forceRefresh: true })
      return refreshed.ok ? ok({}) : refreshed
    }),
    'POST /v1/profiles/:profile/test': about(({ id }) => sessions.testCredentials(id)),
    'POST /v1/profiles/:profile/doctor': about(async (profile) =>
      ok({ steps: await runPreflight(services, profile) }),
    ),
    'POST /v1/profiles/:profile/sign-out': about(async ({ id }, body) => {
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
