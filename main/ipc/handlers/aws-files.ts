// Owns the requests about AWS's shared files: shown first, then written, and only what was written is remembered on the profile.
import { fail, ok } from '../../failure.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerDeps } from './deps.ts'

type AwsFilesRequest = 'awsFiles.preview' | 'awsFiles.apply'

export const awsFilesHandlers = ({
  profiles,
  sessions,
  awsFiles: files,
}: Pick<HandlerDeps, 'profiles' | 'sessions' | 'awsFiles'>): Handlers<AwsFilesRequest> => ({
  'awsFiles.preview': async (profileId, awsFiles) => {
    const profile = profiles.get(profileId)
    if (!profile) return fail('profile.not-found')
    const isWanted = awsFiles.kind === 'credentials-section' && sessions.isAuthenticated(profileId)
    const got = isWanted ? await sessions.getCredentials(profileId) : undefined
    return files.preview({ profile, awsFiles, credentials: got?.ok ? got.value.credentials : undefined })
  },

  'awsFiles.apply': async (profileId, awsFiles, takeOver) => {
    const profile = profiles.get(profileId)
    if (!profile) return fail('profile.not-found')
    const got = awsFiles.kind === 'credentials-section' ? await sessions.getCredentials(profileId) : undefined
    if (got?.ok === false) return got
    const written = await files.apply(
      { profile, awsFiles, credentials: got?.value.credentials },
      { takeOver },
    )
    if (!written.ok) return written
    const { id, ...settings } = profiles.get(profileId) ?? profile
    const saved = await profiles.update(id, { ...settings, awsFiles })
    return saved.ok ? ok(undefined) : saved
  },
})
