// Owns how a generation of something lies in keychain items: a head that carries its number and checksum, and with it the body
// itself, or how many parts hold it. Knows no store.
import { createHash } from 'node:crypto'
import * as z from 'zod'

export type Head =
  /** The body lies in the head. */
  | { readonly kind: 'whole'; readonly generation: number; readonly body: unknown }
  /** The body's text lies in parts; `sha256` is of that text. */
  | { readonly kind: 'parts'; readonly generation: number; readonly parts: number; readonly sha256: string }
  | { readonly kind: 'damaged' }

const common = { sesame: z.literal(1), generation: z.int().min(1) }
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const headSchema = z.union([
  z.object({ ...common, parts: z.int().min(1).max(1_000), sha256 }),
  // Version 0.1 wrote no checksum; what it wrote is still read.
  z.object({ ...common, body: z.unknown().refine((body) => body !== undefined), sha256: sha256.optional() }),
])

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * The body as JSON in ASCII alone: a byte is a character then, no keychain cuts a letter in two, and none stumbles over NUL or a
 * lone surrogate.
 */
export const bodyText = (body: unknown): string => JSON.stringify(body).replace(/[\u007f-\uffff]/g, escape)

/** A head that holds its body. */
export const encodeWhole = (generation: number, text: string): string =>
  `{"sesame":1,"generation":${generation},"sha256":"${sha256Of(text)}","body":${text}}`

/** A head whose body lies in parts. */
export const encodePartsHead = (generation: number, text: string, parts: number): string =>
  JSON.stringify({ sesame: 1, generation, parts, sha256: sha256Of(text) })

/** Cuts a body's text into parts of at most `bytes`. */
export const splitText = (text: string, bytes: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / bytes) }, (_, index) =>
    text.slice(index * bytes, (index + 1) * bytes),
  )

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a head's text. A head it does not know, or whose body does not match its checksum, is damaged: nothing is guessed. */
export const decodeHead = (text: string): Head => {
  const head = headSchema.safeParse(parseJson(text))
  if (!head.success) return { kind: 'damaged' }
  const { generation } = head.data
  if ('parts' in head.data) {
    return { kind: 'parts', generation, parts: head.data.parts, sha256: head.data.sha256 }
  }
  const { body, sha256 } = head.data
  const isIntact = sha256 === undefined || sha256Of(bodyText(body)) === sha256
  return isIntact ? { kind: 'whole', generation, body } : { kind: 'damaged' }
}

/** The body in these parts, in an object that tells it from a body that is null; undefined where they are not what the head names. */
export const joinParts = (
  head: Extract<Head, { kind: 'parts' }>,
  parts: readonly string[],
): { readonly body: unknown } | undefined => {
  const text = parts.join('')
  return sha256Of(text) === head.sha256 ? { body: parseJson(text) } : undefined
}
