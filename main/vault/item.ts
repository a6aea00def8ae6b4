// Owns how a record lies in one keychain item: a head with a version and a generation around the record itself.
import * as z from 'zod'

// Version 1 holds the record whole in `body`. A later head may name parts instead; a reader that does not know a head leaves
// the decision to its caller and never guesses.
const headSchema = z.object({
  sesame: z.literal(1),
  generation: z.int().min(1),
  body: z.unknown(),
})

export type DecodedItem<T> =
  | { readonly kind: 'whole'; readonly generation: number; readonly body: T }
  | { readonly kind: 'damaged' }

/** The item's text. JSON escapes NUL and lone surrogates, so that every keychain keeps it whole. */
export const encodeItem = (generation: number, body: unknown): string =>
  JSON.stringify({ sesame: 1, generation, body })

/** Reads an item's text; anything but a whole item with a body of this schema is damaged. */
export const decodeItem = <T>(text: string, schema: z.ZodType<T>): DecodedItem<T> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'damaged' }
  }
  const head = headSchema.safeParse(json)
  if (!head.success) return { kind: 'damaged' }
  const body = schema.safeParse(head.data.body)
  return body.success
    ? { kind: 'whole', generation: head.data.generation, body: body.data }
    : { kind: 'damaged' }
}
