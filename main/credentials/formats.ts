// Owns the seven forms in which temporary AWS credentials leave Sesame, and the masked form in which they are shown. Pure: what
// happens to the text, and whose it is, others decide.
import { assertNever, fail, ok, type Result } from '../failure.ts'
import type { CredentialFormat } from '../profiles/profile.ts'
import type { AwsCredentials } from '../sessions/session.ts'
import {
  type Quote,
  quoteAwsFile,
  quoteBash,
  quoteCmd,
  quoteDotenv,
  quoteFish,
  quotePowerShell,
} from './quoting.ts'

export type ExportedCredentials = Pick<
  AwsCredentials,
  'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'expiresAt'
>

export interface FormatOptions {
  readonly format: CredentialFormat
  readonly region: string
  /** Names the section of an AWS credentials file; a profile's name will do, see `sectionNameFor`. */
  readonly sectionName: string
  /** PowerShell lines end as the platform's do; cmd's always in CR LF, all others in LF. */
  readonly platform: NodeJS.Platform
}

type Variables = readonly (readonly [name: string, value: string])[]

/** cmd cuts a line after this many characters (Microsoft, "Command prompt line string limitation"). */
const cmdLineLimit = 8_191

/** Seconds precision, rounded down: credentials are never said to live longer than they do. */
export const isoSeconds = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`

/**
 * Both names of the region: the AWS CLI 2 and most SDKs read AWS_REGION; boto3, the AWS CLI 1 and everything on botocore read
 * AWS_DEFAULT_REGION alone.
 */
const regionVariables = (region: string): Variables => [
  ['AWS_REGION', region],
  ['AWS_DEFAULT_REGION', region],
]

/** What a program needs to ask a container endpoint. */
export const endpointVariables = (
  { uri, token }: { readonly uri: string; readonly token: string },
  region: string,
): Variables => [
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', uri],
  ['AWS_CONTAINER_AUTHORIZATION_TOKEN', token],
  ...regionVariables(region),
]

/**
 * With AWS_CREDENTIAL_EXPIRATION, botocore and the SDK for JavaScript say that credentials have run out instead of sending dead ones.
 */
const environment = (credentials: ExportedCredentials, region: string): Variables => [
  ['AWS_ACCESS_KEY_ID', credentials.accessKeyId],
  ['AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey],
  ['AWS_SESSION_TOKEN', credentials.sessionToken],
  ...regionVariables(region),
  ['AWS_CREDENTIAL_EXPIRATION', isoSeconds(credentials.expiresAt)],
]

/** One line for each entry, or a failure that names the first entry that the format cannot hold. */
const lines = (
  entries: Variables,
  quote: Quote,
  line: (name: string, quoted: string) => string,
  lengthLimit = Number.POSITIVE_INFINITY,
): Result<string[]> => {
  const written: string[] = []
  for (const [name, value] of entries) {
    const quoted = quote(value)
    const text = quoted === undefined ? undefined : line(name, quoted)
    if (text === undefined || text.length > lengthLimit) {
      return fail('credentials.not-representable', { field: name })
    }
    written.push(text)
  }
  return ok(written)
}

const joined = (written: Result<string[]>, lineEnd: string): Result<string> =>
  written.ok ? ok(written.value.map((line) => line + lineEnd).join('')) : written

/**
 * A section name from a profile's name: letters, digits and `_ . -`, all that every tool that takes a profile name agrees on.
 * "acme-staging · ana" becomes `acme-staging-ana`; a name of which nothing remains becomes `sesame`, and so does one that is no
 * section's (see `awsFilesSchema`).
 */
export const sectionNameFor = (profileName: string): string => {
  const name = profileName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return name === '' || name === 'DEFAULT' || name === '__proto__' ? 'sesame' : name
}

/** How shells, and .env files, set a variable. */
const variableLines = {
  bash: (variables) => lines(variables, quoteBash, (name, value) => `export ${name}=${value}`),
  fish: (variables) => lines(variables, quoteFish, (name, value) => `set -gx ${name} ${value}`),
  powershell: (variables) => lines(variables, quotePowerShell, (name, value) => `$env:${name} = ${value}`),
  cmd: (variables) => lines(variables, quoteCmd, (name, value) => `set "${name}=${value}"`, cmdLineLimit),
  dotenv: (variables) => lines(variables, quoteDotenv, (name, value) => `${name}=${value}`),
} as const satisfies Partial<Record<CredentialFormat, (variables: Variables) => Result<string[]>>>

export type VariableFormat = keyof typeof variableLines

/** The format itself where it holds variables, else the one of the platform's own shell. */
export const variableFormatOf = (format: CredentialFormat, platform: NodeJS.Platform): VariableFormat => {
  if (format !== 'json' && format !== 'aws-credentials') return format
  return platform === 'win32' ? 'powershell' : 'bash'
}

/** Variables as lines to paste, each ended. Code: credentials.not-representable, as below. */
export const formatVariables = (
  variables: Variables,
  { format, platform }: { readonly format: VariableFormat; readonly platform: NodeJS.Platform },
): Result<string> => {
  const isCrLf = format === 'cmd' || (format === 'powershell' && platform === 'win32')
  return joined(variableLines[format](variables), isCrLf ? '\r\n' : '\n')
}

/**
 * The credentials as text to paste or to keep, each line ended. Fails with `credentials.not-representable` (`field` is the variable)
 * where the format has no way to hold a value: AWS's own values never come to that.
 *
 * JSON is the answer of a `credential_process` (version 1), which has no place for a region.
 */
export const formatCredentials = (
  credentials: ExportedCredentials,
  { format, region, sectionName, platform }: FormatOptions,
): Result<string> => {
  switch (format) {
    case 'bash':
    case 'fish':
    case 'powershell':
    case 'cmd':
    case 'dotenv':
      return formatVariables(environment(credentials, region), { format, platform })
    case 'json': {
      const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = credentials
      const answer = {
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: isoSeconds(expiresAt),
      }
      return ok(`${JSON.stringify(answer, undefined, 2)}\n`)
    }
    case 'aws-credentials': {
      const settings = lines(
        [
          ['aws_access_key_id', credentials.accessKeyId],
          ['aws_secret_access_key', credentials.secretAccessKey],
          ['aws_session_token', credentials.sessionToken],
          ['region', region],
        ],
        quoteAwsFile,
        (name, value) => `${name} = ${value}`,
      )
      if (!settings.ok) return settings
      const head = [`[${sectionNameFor(sectionName)}]`, `# Expires ${isoSeconds(credentials.expiresAt)}`]
      return joined(ok([...head, ...settings.value]), '\n')
    }
    default:
      return assertNever(format)
  }
}

const dots = (count: number): string => '•'.repeat(count)

/** An access key id keeps its kind and its last four characters, enough to tell two apart; it is no secret by itself. */
const maskKeyId = (id: string): string =>
  id.length < 16 ? dots(16) : `${id.slice(0, 4)}${dots(12)}${id.slice(-4)}`

/** The token's length helps to see that it was pasted whole. */
const maskToken = (token: string): string => {
  const length = String(token.length).replace(/\B(?=(?:\d{3})+$)/g, '\u00A0')
  return `${dots(32)} (${length} characters)`
}

/**
 * The same text with its secrets masked, for showing. The secret key is always forty dots, whatever it is; region and expiry stay.
 */
export const maskCredentials = (credentials: ExportedCredentials, options: FormatOptions): Result<string> => {
  // Formatted with stand-ins that no format quotes differently from what AWS issues, then each replaced by its mask.
  const standIns = {
    accessKeyId: 'MASKEDKEYID',
    secretAccessKey: 'MASKEDSECRET',
    sessionToken: 'MASKEDTOKEN',
  }
  const text = formatCredentials({ ...standIns, expiresAt: credentials.expiresAt }, options)
  if (!text.ok) return text
  return ok(
    text.value
      .replace(standIns.accessKeyId, () => maskKeyId(credentials.accessKeyId))
      .replace(standIns.secretAccessKey, () => dots(40))
      .replace(standIns.sessionToken, () => maskToken(credentials.sessionToken)),
  )
}
