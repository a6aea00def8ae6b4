// Owns the requests about AWS credentials: shown masked, copied whole by main, tested. Their secrets never reach the renderer.
import type { CredentialsView } from '../../../preload/views.ts'
import { consoleLinkFor } from '../../credentials/console-link.ts'
import { type FormatOptions, formatCredentials, maskCredentials } from '../../credentials/formats.ts'
import { openOnce } from '../../credentials/open-once.ts'
import { runPreflight } from '../../credentials/preflight.ts'
import { fail, ok, type Result } from '../../failure.ts'
import {
  type CredentialFormat,
  credentialFormats,
  exportRegionOf,
  type Profile,
} from '../../profiles/profile.ts'
import { formatNames } from '../format-names.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerDeps } from './deps.ts'

type CredentialRequest =
  | 'credentials.fetch'
  | 'credentials.copy'
  | 'credentials.test'
  | 'credentials.preflight'
  | 'credentials.copyConsoleLink'
  | 'credentials.openConsole'

export const credentialHandlers = ({
  app,
  profiles,
  sessions,
  issuer,
  clipboard,
}: HandlerDeps): Handlers<CredentialRequest> => {
  const optionsFor = (profile: Profile, format: CredentialFormat): FormatOptions => ({
    format,
    region: exportRegionOf(profile),
    sectionName: profile.name,
    platform: app.platform,
  })

  const linkFor = async (profileId: string): Promise<Result<{ url: string }>> => {
    const profile = profiles.get(profileId)
    return profile ? consoleLinkFor(sessions, profile) : fail('profile.not-found')
  }

  return {
    'credentials.fetch': async (profileId): Promise<Result<CredentialsView>> => {
      const fetched = await sessions.getCredentials(profileId)
      if (!fetched.ok) return fetched
      const profile = profiles.get(profileId)
      if (!profile) return fail('profile.not-found')
      const { credentials, identityId } = fetched.value
      const preview: CredentialsView['preview'] = {}
      for (const format of credentialFormats) {
        const masked = maskCredentials(credentials, optionsFor(profile, format))
        if (masked.ok) preview[format] = masked.value
      }
      return ok({
        accessKeyId: credentials.accessKeyId,
        roleArn: credentials.roleArn,
        identityId,
        obtainedAt: credentials.obtainedAt,
        expiresAt: credentials.expiresAt,
        region: exportRegionOf(profile),
        preview,
      })
    },

    'credentials.copy': async (profileId, format) => {
      const fetched = await sessions.getCredentials(profileId)
      if (!fetched.ok) return fetched
      const profile = profiles.get(profileId)
      if (!profile) return fail('profile.not-found')
      const text = formatCredentials(fetched.value.credentials, optionsFor(profile, format))
      if (!text.ok) return text
      await clipboard.copy(text.value, 'AWS credentials')
      sessions.note(profileId, 'exported', `as ${formatNames[format]}`)
      return ok(undefined)
    },

    'credentials.test': (profileId) => sessions.testCredentials(profileId),

    'credentials.preflight': async (profileId) => {
      const profile = profiles.get(profileId)
      return profile ? ok(await runPreflight({ issuer, sessions }, profile)) : fail('profile.not-found')
    },

    'credentials.copyConsoleLink': async (profileId) => {
      const link = await linkFor(profileId)
      if (!link.ok) return link
      await clipboard.copy(link.value.url, 'Console sign-in link')
      sessions.note(profileId, 'exported', 'as a console sign-in link')
      return ok(undefined)
    },

    'credentials.openConsole': async (profileId) => {
      const link = await linkFor(profileId)
      if (!link.ok) return link
      const opened = await openOnce(link.value.url, {
        open: (address, refuse) => void app.openUrl(address).then((isOpen) => isOpen || refuse('')),
        notOpened: () => fail('sign-in.browser-not-opened', { remedy: 'Copy the console link instead.' }),
      })
      if (!opened.ok) return opened
      sessions.note(profileId, 'exported', 'to the AWS console, in the browser')
      return ok(undefined)
    },
  }
}
