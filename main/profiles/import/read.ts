// Owns telling the formats apart: which kind of text this is, and what it says about profiles. Reads no file, keeps nothing.
import { fail, ok, type Result } from '../../failure.ts'
import { parsePool } from '../parse-pool.ts'
import { readAmplifyOutputs } from './amplify-outputs.ts'
import { readAwsExports } from './aws-exports.ts'
import { type Candidate, type Data, type ImportFormat, isObject, parseJson } from './candidate.ts'
import { readCdkOutputs } from './cdk-outputs.ts'
import { findMistake, readLiteral, readObjectLiterals } from './object-literals.ts'
import { readSharedFile } from './shared-file.ts'

export interface ImportReading {
  readonly format: ImportFormat
  readonly candidates: readonly Candidate[]
}

/** Far more than any of these files has; parsing more would hold everything else up. */
export const largestImport = 512 * 1024

const reading = (
  format: ImportFormat,
  candidates: readonly (Candidate | undefined)[],
): ImportReading | undefined => {
  const found = candidates.filter((candidate) => candidate !== undefined)
  return found.length === 0 ? undefined : { format, candidates: found }
}

const fromJson = (data: Data): ImportReading | undefined =>
  reading('amplify-outputs', [readAmplifyOutputs(data)]) ??
  // amplifyconfiguration.json is the same object without the JavaScript around it.
  reading('aws-exports', isObject(data) ? [readAwsExports(data)] : []) ??
  reading('cdk-outputs', readCdkOutputs(data))

const fromAddress = (text: string): ImportReading | undefined => {
  const pool = text.length > 4_096 ? undefined : parsePool(text)
  return pool && reading('pool-address', [{ settings: pool, notes: [] }])
}

const notFound = (text: string): Result<never> => {
  const mistake = findMistake(text)
  return mistake === undefined
    ? fail('import.unrecognised')
    : fail('import.broken', { detail: `line ${mistake.line}, column ${mistake.column}` })
}

/**
 * What a pasted text or a file says about profiles. Codes: import.unrecognised, import.broken, import.newer. The failure never quotes the text,
 * which may hold a secret.
 */
export const readImport = (text: string): Result<ImportReading> => {
  if (text.length > largestImport) return fail('import.unrecognised', { detail: 'It is larger than 512 kB.' })
  const plain = text.replace(/^\uFEFF/, '')
  const data = parseJson(plain) ?? readLiteral(plain)
  if (data !== undefined) {
    const shared = readSharedFile(data)
    if (shared.kind === 'newer') return fail('import.newer')
    if (shared.kind === 'profiles' && shared.candidates.length > 0)
      return ok({ format: 'shared-profiles', candidates: shared.candidates })
  }
  const found =
    (data === undefined ? undefined : fromJson(data)) ??
    fromAddress(text) ??
    reading('aws-exports', data === undefined ? readObjectLiterals(plain).map(readAwsExports) : [])
  return found === undefined ? notFound(plain) : ok(found)
}
