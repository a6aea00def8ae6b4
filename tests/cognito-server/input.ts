// Owns reading members out of an AWS JSON request. Knows types and presence, and nothing of what a member means.
import { invalidParameter, ServiceError } from './errors.ts'

/** The parsed body of a JSON 1.1 request. */
export type Input = Readonly<Record<string, unknown>>

const camel = (member: string) => member.charAt(0).toLowerCase() + member.slice(1)

const jsonType = (value: unknown) =>
  Array.isArray(value)
    ? 'START_ARRAY'
    : typeof value === 'object'
      ? 'START_OBJECT'
      : `${typeof value}_VALUE`.toUpperCase()

const notA = (type: string, value: unknown) =>
  new ServiceError('SerializationException', `${jsonType(value)} can not be converted to a ${type}`)

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A string member, or undefined. Another type is a SerializationException, as with every AWS JSON service. */
export function optionalString(input: Input, member: string): string | undefined {
  const value = input[member] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw notA('String', value)
}

/** A string member that has to be there and not be empty (InvalidParameterException). */
export function requiredString(input: Input, member: string): string {
  const value = optionalString(input, member)
  if (value === undefined) {
    throw invalidParameter(
      `1 validation error detected: Value null at '${camel(member)}' failed to satisfy constraint: Member must not be null`,
    )
  }
  if (value === '') {
    throw invalidParameter(
      `1 validation error detected: Value at '${camel(member)}' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    )
  }
  return value
}

/** A number member, or undefined. */
export function optionalNumber(input: Input, member: string): number | undefined {
  const value = input[member] ?? undefined
  if (value === undefined || typeof value === 'number') return value
  throw notA('Integer', value)
}

/** A map of strings, empty where the member is missing. Null values are skipped: browsers' clients send them. */
export function stringMap(input: Input, member: string): Readonly<Record<string, string>> {
  const value = input[member] ?? {}
  if (!isRecord(value)) throw notA('Map', value)
  const map: Record<string, string> = {}
  for (const [key, entry] of Object.entries(value)) {
    if (entry === null) continue
    if (typeof entry !== 'string') throw notA('String', entry)
    map[key] = entry
  }
  return map
}

/** An entry of AuthParameters or ChallengeResponses that the flow cannot do without. */
export function requiredParameter(map: Readonly<Record<string, string>>, name: string): string {
  const value = map[name]
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`)
  return value
}

/** The same where an empty value is one: what it means is a Lambda's business. */
export function presentParameter(map: Readonly<Record<string, string>>, name: string): string {
  const value = map[name]
  if (value === undefined) throw invalidParameter(`Missing required parameter ${name}`)
  return value
}
