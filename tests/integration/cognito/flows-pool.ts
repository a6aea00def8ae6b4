// Owns a pool with everything switched on, the people in it, and the app clients that differ, for tests of every way in.
import { TOTP } from 'otpauth'
import type { Issuer, SignInInput } from '../../../main/sessions/ports.ts'
import type { PoolConfig } from '../../cognito-server/config.ts'
import type { CognitoServer } from '../../cognito-server/index.ts'

export const flowsPoolId = 'eu-west-1_EveryFlow'
export const password = 'Correct-Horse-9'
export const clientSecret = 'a-client-secret-of-some-length'
export const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

const explicitAuthFlows = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const

export const clients = { plain: '4plainplain', secretive: '4secretive', legacy: '4legacylegacy' } as const

const reachable = (name: string, digits: string) => ({
  email: `${name}@example.com`,
  email_verified: 'true',
  phone_number: `+4917012${digits}`,
  phone_number_verified: 'true',
})

export const flowsPool = (changes: Partial<PoolConfig> = {}): PoolConfig => ({
  id: flowsPoolId,
  signInAliases: ['email', 'phone_number'],
  clients: [
    { id: clients.plain, explicitAuthFlows },
    { id: clients.secretive, secret: clientSecret, explicitAuthFlows },
    { id: clients.legacy, explicitAuthFlows, preventUserExistenceErrors: 'legacy' },
  ],
  firstFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
  customAuth: {
    rounds: [
      { parameters: { question: 'Which engine?' }, answer: 'analytical' },
      { parameters: { question: 'Which year?' }, answer: '1842' },
    ],
  },
  users: [
    { username: 'ana', password, hasPasskey: true, attributes: reachable('ana', '00001') },
    { username: 'ben', password, totpSecret, attributes: reachable('ben', '00002') },
    {
      username: 'cho',
      password,
      totpSecret,
      codeFactors: ['SMS_MFA', 'EMAIL_OTP'],
      attributes: reachable('cho', '00003'),
    },
    { username: 'dee', password, codeFactors: ['SMS_MFA'], attributes: reachable('dee', '00004') },
    { username: 'eli', password, codeFactors: ['EMAIL_OTP'], attributes: reachable('eli', '00005') },
    {
      username: 'fay',
      password,
      inventedChallenge: { name: 'PALM_READING', parameters: { hand: 'left' }, answer: 'long life' },
      attributes: reachable('fay', '00006'),
    },
    { username: 'gus', password, status: 'UNCONFIRMED', attributes: { email: 'gus@example.com' } },
    { username: 'hal', password, status: 'RESET_REQUIRED', attributes: reachable('hal', '00007') },
  ],
  ...changes,
})

/** A code of an authenticator app that has not been shown before. */
export const freshTotp = (server: CognitoServer): string => {
  server.clock.advance(30_000)
  return new TOTP({ secret: totpSecret }).generate({ timestamp: server.clock.now() })
}

/** The code that somebody looking at their phone sees. */
export const sentTo = (server: CognitoServer, username: string): string =>
  server.outbox.latest(username)?.code ?? 'nothing was sent'

export type Access = Parameters<Issuer['signIn']>[0]
export type Typed = Partial<SignInInput>
