// Owns NEW_PASSWORD_REQUIRED: a password of the person's own, and the attributes the pool wants with it.
import { ok } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'
import { namesIn, parsed } from './words.ts'

/** Cognito prefixes attribute names in both directions. */
const prefix = 'userAttributes.'

const attributesIn = (json: string | undefined): Record<string, string> => {
  const attributes = parsed(json)
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return {}
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

export const newPassword: Opening = ({ parameters }) => {
  const known = attributesIn(parameters['userAttributes'])
  return asking({
    challenge: {
      kind: 'new-password',
      requiredAttributes: namesIn(parameters['requiredAttributes']).map((name) =>
        name.startsWith(prefix) ? name.slice(prefix.length) : name,
      ),
      knownAttributes: known,
    },
    // Cognito refuses attributes that already have a value (RespondToAuthChallenge API), so only new values go out.
    answer: (given) => {
      if (given.kind !== 'new-password') return undefined
      const fresh = Object.entries(given.attributes).filter(
        ([name, value]) => value !== '' && value !== known[name],
      )
      return ok({
        kind: 'respond',
        responses: {
          NEW_PASSWORD: given.newPassword,
          ...Object.fromEntries(fresh.map(([name, value]) => [prefix + name, value])),
        },
      })
    },
  })
}
