// Owns SELECT_CHALLENGE: which of the ways the pool offers this user.
import { fail, ok } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'
import { passwordMove } from './password.ts'

type Needs = 'nothing' | 'password' | 'browser'

/** What a choice needs besides itself; a name nobody knows yet is sent as it is. */
const needs: Readonly<Record<string, Needs | undefined>> = {
  PASSWORD: 'password',
  PASSWORD_SRP: 'password',
  WEB_AUTHN: 'browser',
}

const isPasswordChallenge = (choice: string): choice is 'PASSWORD' | 'PASSWORD_SRP' =>
  needs[choice] === 'password'

export const selectChallenge: Opening = ({ available }) =>
  asking({
    challenge: {
      kind: 'select-challenge',
      options: available.map((choice) => ({ choice, needs: needs[choice] ?? 'nothing' })),
    },
    answer: (given, turn) => {
      if (given.kind !== 'select-challenge') return undefined
      const { choice, password: typed } = given
      if (needs[choice] === 'browser') return fail('sign-in.passkey')
      if (!isPasswordChallenge(choice)) return ok({ kind: 'respond', responses: { ANSWER: choice } })
      if (!typed) return fail('input.invalid', { field: 'password', message: 'This way needs the password.' })
      return ok(passwordMove(choice, typed, turn, { ANSWER: choice }))
    },
  })
