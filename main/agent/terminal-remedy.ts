// Owns the words for somebody in a terminal: the very command that helps, where one of ours does. Pure.
import type { Failure, FailureCode } from '../failure.ts'

/** A shell takes it as one word. */
export const shellWord = (text: string): string => {
  const clean = text.replace(/\p{Cc}/gu, '')
  return /^[\w.@-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", `'\\''`)}'`
}

const commands: Partial<Record<FailureCode, (name: string) => string>> = {
  'credentials.no-identity-pool': (name) =>
    `Enter its id with: sesame profiles change ${name} --identity-pool ID`,
  'credentials.identity-pool-not-found': (name) =>
    `Compare the identity pool id with the one in the console; correct it with: sesame profiles change ${name} --identity-pool ID`,
  'credentials.role-unknown': (name) => `Name one with: sesame profiles change ${name} --role ARN`,
  'credentials.duration': (name) =>
    `Ask for less with: sesame profiles change ${name} --aws-seconds 3600, or raise the role's maximum session duration.`,
  'credentials.basic-flow-off': (name) =>
    `Allow the basic (classic) flow in the identity pool, or do without: sesame profiles change ${name} --aws-flow enhanced`,
}

/** The failure with the command that helps this profile, where there is one. */
export const withCommand = (failure: Failure, profileName: string): Failure => {
  const name = shellWord(profileName)
  const isOver = failure.code.startsWith('session.') && /^Sign in\b/.test(failure.remedy)
  const remedy = isOver ? `Sign in with: sesame sign-in ${name}` : commands[failure.code]?.(name)
  return remedy === undefined ? failure : { ...failure, remedy }
}
