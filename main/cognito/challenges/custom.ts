// Owns CUSTOM_CHALLENGE: whatever the pool's Lambda asks, answered freely. It may come any number of times.
import { ok } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'

export const custom: Opening = ({ parameters }) => {
  // Cognito's own frame around what the Lambda sent.
  const { USERNAME: _username, USER_ID_FOR_SRP: _id, ...sent } = parameters
  return asking({
    challenge: { kind: 'custom', parameters: sent },
    answer: (given) =>
      given.kind === 'custom' ? ok({ kind: 'respond', responses: { ANSWER: given.answer } }) : undefined,
  })
}
