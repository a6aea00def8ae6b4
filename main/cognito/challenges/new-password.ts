// Owns NEW_PASSWORD_REQUIRED: a password of the person's own, and the attributes the pool wants with it.
import type { AskedChallenge } from './challenge.ts'

/** Cognito prefixes attribute names in both directions. */
const prefix = 'userAttributes.'

const parse = (json: string | undefined): unknown => {
  try {
    return JSON.parse(json ?? 'null')
  } catch {
    return undefined
  }
}

const namesIn = (json: string | undefined): string[] => {
  const names = parse(json)
  return Array.isArray(names)
    ? names
        .filter((name) => typeof name === 'string')
        .map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name))
    : []
}

const attributesIn = (json: string | undefined): Record<string, string> => {
  const attributes = parse(json)
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return {}
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

export const newPassword: AskedChallenge = {
  ask: ({ requiredAttributes, userAttributes }) => ({
    kind: 'new-password',
    requiredAttributes: namesIn(requiredAttributes),
    knownAttributes: attributesIn(userAttributes),
  }),
  // Cognito refuses attributes that already have a value (RespondToAuthChallenge API), so only new values go out.
  respond: (answer, asked) => {
    if (answer.kind !== 'new-password') return undefined
    const known = asked.kind === 'new-password' ? asked.knownAttributes : {}
    const given = Object.entries(answer.attributes).filter(
      ([name, value]) => value !== '' && value !== known[name],
    )
    return {
      NEW_PASSWORD: answer.newPassword,
      ...Object.fromEntries(given.map(([name, value]) => [prefix + name, value])),
    }
  },
}
