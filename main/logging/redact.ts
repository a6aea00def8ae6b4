// Owns what must never reach a log, told by the shape of the secret (after Signal Desktop): whoever logs need not remember.
// Knows nothing of files or levels. It would rather hide a harmless text than show a secret.

interface Shape {
  readonly pattern: RegExp
  readonly replacement: string
}

/** Applied in this order: whole URLs first, then tokens and keys by their form, then named values. */
const shapes: readonly Shape[] = [
  // A sign-in callback: code and state are in it, so nothing of it is kept.
  { pattern: /\bsesame:\/\/[^\s"']*/gi, replacement: 'sesame://[redacted]' },
  // OAuth, SigV4 and federation parameters: code=, state=, id_token=, X-Amz-Signature=, SigninToken=, client_secret= ...
  {
    pattern:
      /([?&#](?:code|state|nonce|session|sig|[\w-]{0,40}(?:token|secret|signature|credential|verifier|challenge))=)[^&#\s"'<>]+/gi,
    replacement: '$1[redacted]',
  },
  // Name and password in an address, such as a proxy's.
  { pattern: /(:\/\/)[^\s/?#"'<>]{1,512}@/g, replacement: '$1[redacted]@' },
  // JWT and JWE, whole or cut: base64url of `{"`, then up to four more parts.
  { pattern: /eyJ[\w+/=-]{8,}(?:\.[\w+/=-]*){0,4}/g, replacement: '[token]' },
  // Access key ids, long-term and temporary (IAM user guide, "Unique identifiers").
  { pattern: /\b(?:ASIA|AKIA)[A-Z0-9]{12,}/g, replacement: '[access key]' },
  // Session tokens, Session strings, client secrets, device passwords, SRP values: long runs of a base64 or hex alphabet.
  { pattern: /[\w+=-]{40,}/g, replacement: '[secret]' },
  // The same with slashes: a secret access key has 40 characters of base64. Long paths with capitals and digits go, too.
  {
    pattern: /(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*\d)(?<![\w+/=-])[\w+/=-]{40,}/g,
    replacement: '[secret]',
  },
  { pattern: /\b(bearer|basic)\s+[^\s"',;]+/gi, replacement: '$1 [redacted]' },
  // password=…, "clientSecret": "…", refreshToken: …
  {
    pattern:
      /((?:password|passwd|passphrase|secret|token|authorization|cookie)\w{0,40}["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,;&}\])"']+)/gi,
    replacement: '$1[redacted]',
  },
]

const secretName =
  /password|passwd|passphrase|secret|token|authorization|cookie|credential|verifier|privatekey|^session$|^code$|^otp$|^totp$/i
/** Names that hold a word of ours, not a secret: failure codes, and counts or times about tokens. */
const isHarmless = (name: string, value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (name === 'code' &&
    typeof value === 'string' &&
    /^(?:[A-Z]+(?:_[A-Z0-9]+)+|[A-Z]+|[a-z]+(?:[.-][a-z]+)+)$/.test(value))

/** Longest text that is looked at, and longest that is kept, in characters: a log line is for reading. */
const lookedAt = 65_536
const kept = 4_096
const deepest = 6
const mostEntries = 50

/** The text without anything that looks like a secret. */
export const redactText = (text: string): string => {
  let clean = text.slice(0, lookedAt)
  for (const { pattern, replacement } of shapes) clean = clean.replace(pattern, replacement)
  return clean.length > kept ? `${clean.slice(0, kept)}… (${text.length} characters)` : clean
}

const errorFields = (error: Error): Record<string, unknown> => ({
  name: error.name,
  message: error.message,
  ...('code' in error ? { code: error.code } : {}),
  ...(error.cause === undefined ? {} : { cause: error.cause }),
  stack: error.stack,
})

const redactValue = (value: unknown, depth: number, above: ReadonlySet<object>): unknown => {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return redactText(String(value))
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString()
  if (value instanceof URL) return redactText(value.href)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (above.has(value)) return '[cycle]'
  if (depth >= deepest) return '[deeper]'
  const inside = new Set(above).add(value)
  if (Array.isArray(value)) {
    const items = value.slice(0, mostEntries).map((item) => redactValue(item, depth + 1, inside))
    return value.length > mostEntries ? [...items, `… ${value.length - mostEntries} more`] : items
  }
  return redactEntries(value instanceof Error ? errorFields(value) : value, depth, inside)
}

const redactEntries = (fields: object, depth: number, above: ReadonlySet<object>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .slice(0, mostEntries)
      .map(([name, value]) => [
        redactText(name),
        secretName.test(name) && value !== undefined && !isHarmless(name, value)
          ? '[redacted]'
          : redactValue(value, depth + 1, above),
      ]),
  )

/** A plain copy of the value, fit for JSON, without anything that looks like a secret or is named like one. */
export const redact = (value: unknown): unknown => redactValue(value, 0, new Set())

/** The same for the fields of a log line. */
export const redactFields = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  redactEntries(fields, 0, new Set([fields]))
