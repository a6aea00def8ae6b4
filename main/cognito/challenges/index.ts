// Owns which of Cognito's challenges a person can be asked here, by ChallengeName.
import type { AskedChallenge } from './challenge.ts'
import { newPassword } from './new-password.ts'
import { softwareToken } from './software-token.ts'

export const askedChallenges: Readonly<Record<string, AskedChallenge | undefined>> = {
  NEW_PASSWORD_REQUIRED: newPassword,
  SOFTWARE_TOKEN_MFA: softwareToken,
}
