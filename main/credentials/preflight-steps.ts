// Owns the names of the steps between user pool and role, in the order in which they are looked at. Loads nothing: the contract
// between main and window lists them too.

export const preflightSteps = {
  'user-pool': 'The user pool answers',
  token: 'The ID token is valid',
  provider: 'The ID token comes from this provider',
  client: 'The app client is the right one',
  'identity-pool': 'The identity pool answers',
  role: 'The role gives credentials that AWS accepts',
  clock: 'The clock of this machine is right',
} as const

export type PreflightStepId = keyof typeof preflightSteps
