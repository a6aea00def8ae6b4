// Owns the words a terminal uses for what Cognito names: factors, deliveries, attributes, parameters. Pure.
import type { CodeDelivery } from '../../../preload/views.ts'
import { printable } from '../table.ts'

const factors: Readonly<Record<string, string>> = {
  PASSWORD: 'Plain password',
  PASSWORD_SRP: 'Password',
  EMAIL_OTP: 'Code by e-mail',
  SMS_OTP: 'Code by text message',
  SMS_MFA: 'Code by text message',
  SOFTWARE_TOKEN_MFA: 'Authenticator app',
  WEB_AUTHN: 'Passkey, in the browser',
  totp: 'Authenticator app',
  email: 'Codes by e-mail',
}

/** A name people know, with Cognito's own; that alone where it is newer than this table. */
export const factorLabel = (name: string): string => {
  const words = Object.hasOwn(factors, name) ? factors[name] : undefined
  return words === undefined || name === name.toLowerCase() ? (words ?? name) : `${words} (${name})`
}

/** ` sent to a***@e***`, as Cognito masks it; nothing where it did not say. */
export const sentTo = ({ destination }: CodeDelivery): string =>
  destination === undefined ? '' : ` sent to ${printable(destination)}`

/** What came with a challenge, a line each. */
export const parameterLines = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `  ${printable(name)}: ${printable(value)}`)
    .join('\n')
