// Owns the shared files of AWS as Sesame uses them: what would be written for a profile, writing it, and taking it out again.
// When that happens keep-up-to-date.ts decides.
import { ok, type Result } from '../../failure.ts'
import type { AwsFiles, Profile } from '../../profiles/profile.ts'
import type { SessionLock } from '../../sessions/ports.ts'
import type { ExportedCredentials } from '../formats.ts'
import { contentFor, headerOf, type ProcessCommand, sectionOf } from './contents.ts'
import { type Edit, editAwsFile, readAwsFile } from './edit-file.ts'
import { hasSection, putSection, removeSections, type SectionSpec, sectionText } from './own-section.ts'
import type { AwsFile, AwsFilePaths } from './paths.ts'

export { awsFilePaths } from './paths.ts'

export interface AwsFilesInput {
  readonly profile: Profile
  /** What is asked for, which need not be what the profile says yet. */
  readonly awsFiles: AwsFiles
  readonly credentials: ExportedCredentials | undefined
}

export interface FilePreview {
  readonly path: string
  readonly change: 'create' | 'add' | 'update' | 'take-over' | 'remove'
  /** The lines that will be Sesame's, with secrets as dots; empty where they are only removed. */
  readonly text: string
}

export interface AwsFilesPreview {
  readonly files: FilePreview[]
  /** The section is somebody else's, so that writing it needs `takeOver`. */
  readonly isTaken: boolean
  readonly warnings: string[]
}

export interface AwsFilesWriter {
  /** What `apply` would do. Touches nothing. Codes: those of `apply` except aws-files.taken, which `isTaken` says. */
  preview(input: AwsFilesInput): Promise<Result<AwsFilesPreview>>
  /**
   * Writes the profile's section, and removes any other that Sesame keeps for this profile. With `kind: 'off'`, or without credentials
   * for a credentials section, all are removed. Codes: aws-files.*, credentials.not-representable.
   */
  apply(input: AwsFilesInput, options: { takeOver: boolean }): Promise<Result<void>>
  /** Removes every section that Sesame keeps for this profile. */
  remove(profileId: string): Promise<Result<void>>
}

const both = ['credentials', 'config'] as const satisfies readonly AwsFile[]

/** As a person reads it: the dots come last, for they are no bytes. */
const masked = (spec: SectionSpec): string => {
  const settings = spec.settings.map(
    ([key, value]) => [key, /secret|token/.test(key) ? '********' : value] as const,
  )
  const bytes = Buffer.from(sectionText({ ...spec, settings }), 'latin1')
  return bytes.toString().replaceAll('********', '••••••••')
}

/** Stands for credentials that nobody has yet, in a preview. */
const unknownYet: ExportedCredentials = {
  accessKeyId: 'known-when-signed-in',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  expiresAt: Date.UTC(9999, 11, 31),
}

export interface AwsFilesOptions {
  readonly paths: AwsFilePaths
  readonly command: ProcessCommand
  /** The same for every Sesame of this person, whatever their configuration folders. */
  readonly lock: SessionLock
}

export const createAwsFiles = ({ paths, command, lock }: AwsFilesOptions): AwsFilesWriter => {
  const change = (file: AwsFile, edit: Edit): Promise<Result<boolean>> => editAwsFile(paths[file], edit, lock)

  const removeFrom = (file: AwsFile, profileId: string, exceptHeader?: string): Promise<Result<boolean>> =>
    change(file, (text) => ok(removeSections(text, profileId, exceptHeader)))

  const remove = async (profileId: string): Promise<Result<void>> => {
    for (const file of both) {
      const removed = await removeFrom(file, profileId)
      if (!removed.ok) return removed
    }
    return ok(undefined)
  }

  return {
    remove,

    async apply({ profile, awsFiles, credentials }, { takeOver }) {
      const content = contentFor(profile, awsFiles, credentials, command)
      if (!content.ok) return content
      if (content.value === undefined) return remove(profile.id)
      const { file, spec } = content.value
      // The new section first: where it is refused, the old one is still of use.
      const written = await change(file, (text) => {
        const put = putSection(text, spec, takeOver)
        return put.ok ? ok(removeSections(put.value, profile.id, spec.header)) : put
      })
      if (!written.ok) return written
      const [other] = both.filter((candidate) => candidate !== file)
      const removed = other === undefined ? ok(false) : await removeFrom(other, profile.id)
      return removed.ok ? ok(undefined) : removed
    },

    async preview({ profile, awsFiles, credentials }) {
      const content = contentFor(profile, awsFiles, credentials ?? unknownYet, command)
      if (!content.ok) return content
      const wanted = content.value
      const files: FilePreview[] = []
      const warnings: string[] = []
      let isTaken = false
      for (const file of both) {
        const path = paths[file]
        const read = await readAwsFile(path)
        if (!read.ok) return read
        const { text, exists } = read.value
        if (wanted?.file === file) {
          const put = putSection(text, wanted.spec, false)
          if (!put.ok && put.failure.code !== 'aws-files.taken') return put
          const isOwn = put.ok && hasSection(text, wanted.spec.header)
          isTaken = !put.ok
          const kind = isTaken ? 'take-over' : isOwn ? 'update' : exists ? 'add' : 'create'
          const { note } = wanted.spec
          const spec = { ...wanted.spec, note: credentials === undefined ? undefined : note }
          files.push({ path, change: kind, text: masked(spec) })
        } else {
          const rest = removeSections(text, profile.id)
          if (rest !== text) files.push({ path, change: 'remove', text: '' })
          if (wanted?.file === 'config' && hasSection(rest, headerOf(file, sectionOf(profile, awsFiles)))) {
            warnings.push(
              'The credentials file has a section of the same name. Its keys win over credential_process.',
            )
          }
        }
      }
      if (awsFiles.kind === 'credential-process' && profile.availableToCommandLine !== true) {
        warnings.push(
          'The profile is not available to the command line yet, so tools will get no credentials.',
        )
      }
      if (awsFiles.kind === 'credential-process' && !command.isFound) {
        warnings.push('There is no sesame command on this machine yet. Tools look for it on their PATH.')
      }
      return ok({ files, isTaken, warnings })
    },
  }
}
