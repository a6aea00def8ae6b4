// Owns what is handed out of a session: AWS credentials, ID and access tokens. Refresh tokens are not among it.
import { consoleLinkFor } from '../../credentials/console-link.ts'
import { formatCredentials } from '../../credentials/formats.ts'
import { fail, ok, type Result } from '../../failure.ts'
import {
  type CredentialFormat,
  credentialFormats,
  exportRegionOf,
  type Profile,
} from '../../profiles/profile.ts'
import type { Clock } from '../../sessions/ports.ts'
import { processCredentialsSchema } from '../answers.ts'
import { aboutProfile, type Routes, type Services } from '../services.ts'

/** Tools ask again and again; a person reads about it once in this time, per profile and kind. */
const noteEveryMs = 10 * 60_000

const createNotes = ({ sessions }: Services, clock: Pick<Clock, 'now'>) => {
  const last = new Map<string, number>()
  return (profileId: string, kind: 'exported' | 'token-copied', detail: string): void => {
    const key = JSON.stringify([profileId, kind, detail])
    const before = last.get(key)
    const now = clock.now()
    if (before !== undefined && now >= before && now - before < noteEveryMs) return
    last.set(key, now)
    sessions.note(profileId, kind, detail)
  }
}

const isFormat = (text: string): text is CredentialFormat =>
  credentialFormats.some((format) => format === text)

export const credentialRoutes = (services: Services, clock: Pick<Clock, 'now'>): Routes => {
  const { sessions } = services
  const note = createNotes(services, clock)
  const about = aboutProfile(services)

  const textIn = async (profile: Profile, format: CredentialFormat): Promise<Result<string>> => {
    const got = await sessions.getCredentials(profile.id)
    if (!got.ok) return got
    note(profile.id, 'exported', 'to the command line')
    return formatCredentials(got.value.credentials, {
      format,
      region: exportRegionOf(profile),
      sectionName: profile.name,
      platform: services.platform,
    })
  }

  return {
    // Plain curl's output, and the answer of a credential_process as it is.
    'GET /v1/profiles/:profile/credentials': about(async (profile) => {
      const text = await textIn(profile, 'json')
      return text.ok ? ok(processCredentialsSchema.parse(JSON.parse(text.value))) : text
    }),
    'GET /v1/profiles/:profile/credentials/:format': about(async (profile, { params: [, format = ''] }) => {
      if (!isFormat(format)) {
        return fail('agent.bad-request', {
          message: `There is no format "${format}".`,
          remedy: `Choose one of: ${credentialFormats.join(', ')}.`,
        })
      }
      const text = await textIn(profile, format)
      return text.ok ? ok({ text: text.value }) : text
    }),
    'POST /v1/profiles/:profile/console': about(async (profile) => {
      const link = await consoleLinkFor(sessions, profile)
      if (link.ok) note(profile.id, 'exported', 'as a console link, to the command line')
      return link
    }),
    'GET /v1/profiles/:profile/tokens': about(async ({ id }) => {
      const got = await sessions.fetchAuthSession(id)
      if (!got.ok) return got
      note(id, 'token-copied', 'to the command line')
      const session = sessions.view(id)?.session
      const { idToken, accessToken } = got.value.tokens
      return ok({
        idToken: idToken.raw,
        accessToken: accessToken.raw,
        ...(session !== undefined && 'lifetimes' in session
          ? { expiresAt: session.lifetimes.tokens.expiresAt }
          : {}),
      })
    }),
  }
}
