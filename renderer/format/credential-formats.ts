// Owns what the seven credential formats are called.
import type { CredentialFormat } from '../../main/profiles/profile.ts'

interface FormatLabel {
  /** On buttons and in sentences. */
  readonly label: string
  /** What it is for. */
  readonly detail: string
}

export const formatLabels = {
  bash: { label: 'bash', detail: 'export lines for bash and zsh' },
  fish: { label: 'fish', detail: 'set lines for fish' },
  powershell: { label: 'PowerShell', detail: '$env: lines' },
  cmd: { label: 'cmd', detail: 'set lines for the Windows command prompt' },
  dotenv: { label: '.env', detail: 'a file for tools that read .env' },
  json: { label: 'JSON', detail: 'one object' },
  'aws-credentials': { label: 'AWS file', detail: 'a section for ~/.aws/credentials' },
} as const satisfies Record<CredentialFormat, FormatLabel>

/** In the order menus list them. */
export const formatOrder: readonly CredentialFormat[] = [
  'bash',
  'fish',
  'powershell',
  'cmd',
  'dotenv',
  'json',
  'aws-credentials',
]
