// Owns how the export formats are called in menus and in the activity. A file of its own, so that the light start can use it.
import type { CredentialFormat } from '../profiles/profile.ts'

export const formatNames = {
  bash: 'bash',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd',
  dotenv: '.env',
  json: 'JSON',
  'aws-credentials': 'AWS credentials section',
} as const satisfies Record<CredentialFormat, string>
