// Owns the words for what a profile keeps in AWS's shared files.
import type { AwsFiles } from '../../main/profiles/profile.ts'
import type { AwsFilesPreviewView } from '../../preload/views.ts'

export type AwsFilesKind = AwsFiles['kind']

/** In the order of the choice. Main's list; taking it from there would bring its validator along. */
export const awsFileKinds = [
  'off',
  'credentials-section',
  'credential-process',
] as const satisfies readonly AwsFilesKind[]

export const awsFilesLabels = {
  off: 'Off',
  'credentials-section': 'Keys in the credentials file',
  'credential-process': 'credential_process in the config file',
} as const satisfies Record<AwsFilesKind, string>

/** What is done to a file, before its path. */
export const awsFileChanges = {
  create: 'Create',
  add: 'Add a section to',
  update: 'Update the section in',
  'take-over': 'Take over the section in',
  remove: 'Remove the section from',
} as const satisfies Record<AwsFilesPreviewView['files'][number]['change'], string>
