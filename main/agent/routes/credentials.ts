// Owns what is handed out of a session: AWS credentials, ID and access tokens. Refresh tokens are not among it.
import { createConsoleLink, federationUrlOf } from '../../credentials/console-link.ts'
import { formatCredentials } from '../../credentials/formats.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { type CredentialFormat, credentialFormats, exportRegionOf } from '../../profiles/profile.ts'
import type { Clock } from '../../sessions/ports.ts'
import { processCredentialsSchema } from '../answers.ts'
import { availableProfile, type Routes, type Services } from '../services.ts'

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

  const textOf = async (name: string | undefined, format: CredentialFormat): Promise<Result<string>> => {
    const profile = availableProfile(services, name)
    if (!profile.ok) return profile
    await sessions.load(profile.value.id)
    const got = await sessions.getCredentials(profile.value.id)
    if (!got.ok) return got
    note(profile.value.id, 'exported', 'to the command line')
    return formatCredentials(got.value.credentials, {
      format,
      region: exportRegionOf(profile.value),
      sectionName: profile.value.name,
      platform: services.platform,
    })
  }

  return {
    // Plain curl's output, and the answer of a credential_process as it is.
    'GET /v1/profiles/:profile/credentials': async ({ params: [name] }) => {
      const text = await textOf(name, 'json')
      return text.ok ? ok(processCredentialsSchema.parse(JSON.parse(text.value))) : text
    },
    'GET /v1/profiles/:profile/credentials/:format': async ({ params: [name, format = ''] }) => {
      if (!isFormat(format)) {
        return fail('agent.bad-request', {
          message: `There is no format "${format}".`,
          remedy: `Choose one of: ${credentialFormats.join(', ')}.`,
        })
      }
      const text = await textOf(name, format)
      return text.ok ? ok({ text: text.value }) : text
    },
    'POST /v1/profiles/:profile/console': async ({ params: [name] }) => {
      const profile = availableProfile(services, name)
      if (!profile.ok) return profile
      await sessions.load(profile.value.id)
      const got = await sessions.getCredentials(profile.value.id)
      if (!got.ok) return got
      note(profile.value.id, 'exported', 'as a console link, to the command line')
      return createConsoleLink({
        credentials: got.value.credentials,
        region: exportRegionOf(profile.value),
        federationUrl: federationUrlOf(profile.value),
      })
    },
    'GET /v1/profiles/:profile/tokens': async ({ params: [name] }) => {
      const profile = availableProfile(services, name)
      if (!profile.ok) return profile
      await sessions.load(profile.value.id)
      const got = await sessions.fetchAuthSession(profile.value.id)
      if (!got.ok) return got
      note(profile.value.id, 'token-copied', 'to the command line')
      const session = sessions.view(profile.value.id)?.session
      const { idToken, accessToken } = got.value.tokens
      return ok({
        idToken: idToken.raw,
        accessToken: accessToken.raw,
        ...(session !== undefined && 'lifetimes' in session
          ? { expiresAt: session.lifetimes.tokens.expiresAt }
          : {}),
      })
    },
  }
}
