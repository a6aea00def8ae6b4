// Owns challenges that are newer than Sesame: shown as they came, answered freely, so that a person who knows the pool can go on.
import { ok } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'

export const unknown: Opening = ({ name, parameters }) =>
  asking({
    challenge: { kind: 'unknown', challengeName: name, parameters: { ...parameters } },
    answer: (given) =>
      given.kind === 'unknown'
        ? ok({ kind: 'respond', responses: { [given.responseName?.trim() || 'ANSWER']: given.answer } })
        : undefined,
  })
