import { describe, expect, test } from 'vitest'
import { availableChallenges } from '../../cognito-server/first-factors.ts'
import { type DeviceRole, nextStep } from '../../cognito-server/next-step.ts'
import { NOTHING_PASSED } from '../../cognito-server/sessions.ts'

describe('what comes after a first factor', () => {
  const TOTP = ['SOFTWARE_TOKEN_MFA'] as const
  const TWO = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] as const

  test.each([
    ['FORCE_CHANGE_PASSWORD', TOTP, undefined, 'on', false, 'NEW_PASSWORD_REQUIRED'],
    ['CONFIRMED', TOTP, undefined, 'optional', false, 'SOFTWARE_TOKEN_MFA'],
    ['CONFIRMED', TOTP, undefined, 'on', false, 'SOFTWARE_TOKEN_MFA'],
    ['CONFIRMED', TOTP, undefined, 'off', false, 'tokens'],
    ['CONFIRMED', TOTP, undefined, 'on', true, 'tokens'],
    ['CONFIRMED', ['EMAIL_OTP'], undefined, 'optional', false, 'EMAIL_OTP'],
    ['CONFIRMED', TWO, undefined, 'optional', false, 'SELECT_MFA_TYPE'],
    ['CONFIRMED', TWO, 'SMS_MFA', 'optional', false, 'SMS_MFA'],
    ['CONFIRMED', [], undefined, 'optional', false, 'tokens'],
    ['CONFIRMED', [], undefined, 'on', false, 'MFA_SETUP'],
    ['CONFIRMED', [], undefined, 'on', true, 'tokens'],
  ] as const)(
    '%s with %j, preferring %s, pool MFA %s, MFA passed %s: %s',
    (status, factors, preferred, poolMfa, mfa, step) => {
      const user = { status, secondFactors: factors, preferredFactor: preferred }
      expect(nextStep(user, poolMfa, { ...NOTHING_PASSED, mfa }, 'none')).toBe(step)
    },
  )

  test.each([
    ['instead-of-mfa', false, false, 'DEVICE_SRP_AUTH'],
    ['instead-of-mfa', false, true, 'tokens'],
    ['besides-mfa', false, false, 'SOFTWARE_TOKEN_MFA'],
    ['besides-mfa', true, false, 'DEVICE_SRP_AUTH'],
    ['besides-mfa', true, true, 'tokens'],
    ['none', true, false, 'tokens'],
  ] as const)('a device that counts %s, MFA passed %s, device proven %s: %s', (role, mfa, device, step) => {
    const user = { status: 'CONFIRMED', secondFactors: TOTP }
    expect(nextStep(user, 'on', { ...NOTHING_PASSED, mfa, device }, role)).toBe(step)
  })

  test('a challenge nobody knows comes last, once', () => {
    const user = { status: 'CONFIRMED', secondFactors: [], inventedChallenge: {} }
    const step = (invented: boolean, device: DeviceRole) =>
      nextStep(user, 'optional', { ...NOTHING_PASSED, invented }, device)
    expect([step(false, 'besides-mfa'), step(false, 'none'), step(true, 'none')]).toEqual([
      'DEVICE_SRP_AUTH',
      'INVENTED',
      'tokens',
    ])
  })
})

describe('what USER_AUTH offers', () => {
  const all = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const
  const verified = new Map([
    ['email', 'a@example.com'],
    ['email_verified', 'true'],
    ['phone_number', '+491701234567'],
    ['phone_number_verified', 'true'],
  ])
  const reachable = { attributes: verified, hasPasskey: false, secondFactors: [] }

  test.each([
    ['a password alone', ['PASSWORD'] as const, reachable, ['PASSWORD', 'PASSWORD_SRP']],
    ['every verified address', all, reachable, ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP']],
    ['no unverified address', all, { ...reachable, attributes: new Map([['email', 'a@b.c']]) }, 'passwords'],
    ['a passkey', ['WEB_AUTHN'] as const, { ...reachable, hasPasskey: true }, ['WEB_AUTHN']],
    ['no codes where MFA is on', all, { ...reachable, secondFactors: ['SMS_MFA'] }, 'passwords'],
    ['codes to nobody', all, undefined, ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP']],
  ] as const)('%s', (_, allowed, user, offered) => {
    const expected = offered === 'passwords' ? ['PASSWORD', 'PASSWORD_SRP'] : offered
    expect(availableChallenges(allowed, 'optional', user)).toEqual(expected)
  })
})
