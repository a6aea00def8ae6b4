// Owns what Sesame writes into a shared file for a profile. Pure; how it gets there own-section.ts and edit-file.ts know.
import { assertNever, fail, ok, type Result } from '../../failure.ts'
import { type AwsFiles, exportRegionOf, type Profile } from '../../profiles/profile.ts'
import { type ExportedCredentials, isoSeconds, sectionNameFor } from '../formats.ts'
import { quoteAwsFile } from '../quoting.ts'
import { commandLine } from './command-line.ts'
import type { SectionSpec } from './own-section.ts'
import type { AwsFile } from './paths.ts'

/** The command that answers a `credential_process`. */
export interface ProcessCommand {
  /** With its arguments up to the profile's id. */
  readonly words: readonly string[]
  /** Whether it is there; a line is written all the same, for one that will be on the PATH. */
  readonly isFound: boolean
  readonly platform: NodeJS.Platform
}

export interface Content {
  readonly file: AwsFile
  readonly spec: SectionSpec
}

export const sectionOf = (profile: Pick<Profile, 'name'>, { section }: AwsFiles): string =>
  section ?? sectionNameFor(profile.name)

/** In the config file every section but `default` is called `profile <name>`. */
export const headerOf = (file: AwsFile, section: string): string =>
  file === 'config' && section !== 'default' ? `profile ${section}` : section

/**
 * The section for a profile's choice; undefined where nothing is to be written. Codes: credentials.not-representable.
 *
 * @param credentials only for a credentials section; without them there is nothing to write
 */
export const contentFor = (
  profile: Profile,
  awsFiles: AwsFiles,
  credentials: ExportedCredentials | undefined,
  command: ProcessCommand,
): Result<Content | undefined> => {
  const section = sectionOf(profile, awsFiles)
  const region = exportRegionOf(profile)
  switch (awsFiles.kind) {
    case 'off':
      return ok(undefined)
    case 'credentials-section': {
      if (credentials === undefined) return ok(undefined)
      const settings = [
        ['aws_access_key_id', credentials.accessKeyId],
        ['aws_secret_access_key', credentials.secretAccessKey],
        ['aws_session_token', credentials.sessionToken],
        ['region', region],
      ] as const
      const refused = settings.find(([, value]) => quoteAwsFile(value) === undefined)
      if (refused) return fail('credentials.not-representable', { field: refused[0] })
      const header = headerOf('credentials', section)
      const note = `Expires ${isoSeconds(credentials.expiresAt)}`
      return ok({ file: 'credentials', spec: { header, profileId: profile.id, note, settings } })
    }
    case 'credential-process': {
      const line = commandLine([...command.words, profile.id], command.platform)
      if (line === undefined) return fail('credentials.not-representable', { field: 'credential_process' })
      return ok({
        file: 'config',
        spec: {
          header: headerOf('config', section),
          profileId: profile.id,
          settings: [
            // One character per byte, as the whole file.
            ['credential_process', Buffer.from(line).toString('latin1')],
            ['region', region],
          ],
        },
      })
    }
    default:
      return assertNever(awsFiles.kind)
  }
}
