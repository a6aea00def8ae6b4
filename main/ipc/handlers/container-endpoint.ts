// Owns the requests about a profile's container endpoint: its lines are shown without the token unless a person asks, and copied by
// main.
import { endpointVariables, formatVariables, variableFormatOf } from '../../credentials/formats.ts'
import type { EndpointState } from '../../credentials/profile-endpoints.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { exportRegionOf } from '../../profiles/profile.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerDeps } from './deps.ts'

type EndpointRequest = `containerEndpoint.${'view' | 'reveal' | 'copy' | 'renewToken'}`

type Listening = Extract<EndpointState, { kind: 'listening' }>['endpoint']

/** Written in place of the token, then masked: no shell quotes it, as some would the dots. */
const standIn = 'MASKEDTOKEN'

const listening = (state: EndpointState): Result<Listening> => {
  if (state.kind === 'listening') return ok(state.endpoint)
  return state.kind === 'closed' ? { ok: false, failure: state.failure } : fail('credentials.endpoint-off')
}

export const containerEndpointHandlers = ({
  app,
  profiles,
  sessions,
  clipboard,
  endpoints,
}: Pick<
  HandlerDeps,
  'app' | 'profiles' | 'sessions' | 'clipboard' | 'endpoints'
>): Handlers<EndpointRequest> => {
  const linesFor = (profileId: string, endpoint: Listening): Result<string> => {
    const profile = profiles.get(profileId)
    if (!profile) return fail('profile.not-found')
    return formatVariables(endpointVariables(endpoint, exportRegionOf(profile)), {
      format: variableFormatOf(profile.exportFormat, app.platform),
      platform: app.platform,
    })
  }

  return {
    'containerEndpoint.view': async (profileId) => {
      const state = await endpoints.state(profileId)
      if (state.kind !== 'listening') return ok(state)
      const lines = linesFor(profileId, { uri: state.endpoint.uri, token: standIn })
      return lines.ok ? ok({ kind: 'listening', lines: lines.value.replace(standIn, '•'.repeat(16)) }) : lines
    },

    'containerEndpoint.reveal': async (profileId) => {
      const endpoint = listening(await endpoints.state(profileId))
      if (!endpoint.ok) return endpoint
      sessions.note(profileId, 'token-revealed', 'Container endpoint')
      return linesFor(profileId, endpoint.value)
    },

    'containerEndpoint.copy': async (profileId) => {
      const endpoint = listening(await endpoints.state(profileId))
      if (!endpoint.ok) return endpoint
      const lines = linesFor(profileId, endpoint.value)
      if (!lines.ok) return lines
      await clipboard.copy(lines.value, 'Container endpoint')
      sessions.note(profileId, 'exported', 'as a container endpoint')
      return ok(undefined)
    },

    'containerEndpoint.renewToken': async (profileId) => {
      const endpoint = listening(await endpoints.renewToken(profileId))
      return endpoint.ok ? ok(undefined) : endpoint
    },
  }
}
