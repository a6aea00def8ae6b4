// Owns the requests of a sign-in: begun with a password, without one or in a browser, one answer per step, given up. The browser is
// opened by who asks: that is where the person sits.
import * as z from 'zod'
import { browserWishesSchema, signInAnswerSchema } from '../../../preload/views.ts'
import { fail, ok } from '../../failure.ts'
import { aboutProfile, type Routes, type Services } from '../services.ts'

const username = z.string().max(128)
const signInSchema = z.object({ username, password: z.string().max(256).optional() })
const forgottenSchema = z.object({ username })

export const signInRoutes = (services: Services): Routes => {
  const { sessions } = services
  const about = aboutProfile(services)
  return {
    'POST /v1/profiles/:profile/sign-in': about(async ({ id }, { body }) => {
      const input = signInSchema.safeParse(body)
      return input.success ? sessions.beginSignIn(id, input.data) : fail('agent.bad-request')
    }),
    'POST /v1/profiles/:profile/forgot-password': about(async ({ id }, { body }) => {
      const input = forgottenSchema.safeParse(body)
      return input.success ? sessions.forgotPassword(id, input.data.username) : fail('agent.bad-request')
    }),
    'POST /v1/profiles/:profile/sign-in/browser': about(async ({ id }, { body }) => {
      const wishes = browserWishesSchema.safeParse(body ?? {})
      return wishes.success
        ? sessions.openBrowser(id, wishes.data, async () => false)
        : fail('agent.bad-request')
    }),
    /** Answers when the browser has come back. Who goes away before that has given the sign-in up. */
    'GET /v1/sign-in/:attempt/browser': ({ params: [attemptId = ''], gone }) => {
      gone?.addEventListener('abort', () => sessions.cancelSignIn(attemptId), { once: true })
      return sessions.awaitBrowser(attemptId)
    },
    'POST /v1/sign-in/:attempt': async ({ params: [attemptId = ''], body }) => {
      const answer = signInAnswerSchema.safeParse(body)
      return answer.success ? sessions.answerSignIn(attemptId, answer.data) : fail('agent.bad-request')
    },
    'POST /v1/sign-in/:attempt/resend': ({ params: [attemptId = ''] }) => sessions.resendCode(attemptId),
    'DELETE /v1/sign-in/:attempt': ({ params: [attemptId = ''] }) => {
      sessions.cancelSignIn(attemptId)
      return ok({})
    },
  }
}
