// Owns how one value is written in each shell and file, and which values cannot be written there at all. AWS's own values are
// tame (base64 and dates); what is not tame is quoted right or refused, never changed.

/** The value as source text, or undefined where no source text gives this value back everywhere the format is read. */
export type Quote = (value: string) => string | undefined

/** Values that mean themselves in bash, zsh, fish and .env files. Not `:` or a leading `=`: zsh expands after those. */
const plain = /^[\w/.+-][\w/.+=-]*$/

/** Control characters would act on a terminal when pasted; half a surrogate pair is no text. */
const isPastable = (value: string): boolean => value !== '' && value.isWellFormed() && !/\p{Cc}/u.test(value)

/** bash and zsh: nothing is special between single quotes, and a single quote cannot be between them (POSIX 2.2.2). */
export const quoteBash: Quote = (value) => {
  if (!isPastable(value)) return undefined
  return plain.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

/** fish: between single quotes, `\\` and `\'` are the only escapes. */
export const quoteFish: Quote = (value) => {
  if (!isPastable(value)) return undefined
  return plain.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`
}

/** PowerShell takes four typographic quotes for a single quote too (about_Quoting_Rules); each is doubled. */
export const quotePowerShell: Quote = (value) =>
  isPastable(value) ? `'${value.replace(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'` : undefined

/**
 * cmd, inside `set "NAME=value"`. `%` expands at the prompt and in batch files by different rules, `!` and `^` change their meaning
 * with delayed expansion, and `"` ends the quoting: nothing writes these for every way cmd reads a line.
 */
export const quoteCmd: Quote = (value) => (isPastable(value) && !/[%!^"]/.test(value) ? value : undefined)

/**
 * .env files, of which every reader has its own rules (Docker takes quotes for part of the value, others expand `$`): bare where
 * that is possible, as AWS's values are, else in the one kind of quotes that the value does not need.
 */
export const quoteDotenv: Quote = (value) => {
  if (!isPastable(value)) return undefined
  if (plain.test(value) || /^[\w/.+:=-]+$/.test(value)) return value
  if (/[\\`$]/.test(value)) return undefined
  if (!value.includes("'")) return `'${value}'`
  return value.includes('"') ? undefined : `"${value}"`
}

/** AWS's shared files: no quotes and no escapes; some SDKs cut at `#` and `;`, all trim spaces. */
export const quoteAwsFile: Quote = (value) =>
  /^[\x21-\x7E]+$/.test(value) && !/[#;]/.test(value) ? value : undefined
