// Owns MFA_SETUP: a second factor set up on the way in, by an authenticator app or by e-mail.
import { fail, ok, type Result } from '../../failure.ts'
import { type Ask, asking, type Move, type Opening, type Question, type Turn } from './challenge.ts'
import { namesIn, typedCode } from './words.ts'

type Factor = 'totp' | 'email'

/** What can be set up here. SMS takes a phone number that only the pool's owner can enter. */
const factors: Readonly<Record<string, Factor | undefined>> = {
  SOFTWARE_TOKEN_MFA: 'totp',
  EMAIL_OTP: 'email',
  EMAIL_MFA: 'email',
}

/** https://github.com/google/google-authenticator/wiki/Key-Uri-Format; Cognito's are SHA-1, 6 digits, 30 s, the defaults. */
const otpauthUri = (issuer: string, account: string, secret: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}` +
  `?secret=${secret}&issuer=${encodeURIComponent(issuer)}`

/** VerifySoftwareToken, once: a factor that is verified must not be asked for again where only the answer after it was lost. */
const verifyOnce = () => {
  let verified: { readonly session: string | undefined } | undefined
  return async (code: string, deviceName: string, turn: Turn): Promise<Result<Move>> => {
    if (verified === undefined) {
      const answer = await turn.pool.verifySoftwareToken({
        Session: turn.session,
        UserCode: typedCode(code),
        FriendlyDeviceName: deviceName.trim() || undefined,
      })
      if (!answer.ok) return answer
      const { Status, Session } = answer.value.value
      if (Status !== 'SUCCESS') return fail('sign-in.wrong-code')
      verified = { session: Session }
    }
    return ok({ kind: 'respond', responses: {}, session: verified.session })
  }
}

const setUpTotp = async ({ pool, session, access, username }: Turn): Promise<Result<Ask>> => {
  const associated = await pool.associateSoftwareToken({ Session: session })
  if (!associated.ok) return associated
  const { SecretCode: secret, Session } = associated.value.value
  if (!secret) return fail('network.bad-answer', { detail: 'The answer holds no SecretCode.' })
  const verify = verifyOnce()
  return asking(
    {
      challenge: {
        kind: 'totp-setup',
        secret,
        otpauthUri: otpauthUri(access.profile.name, username, secret),
      },
      answer: (given, turn) =>
        given.kind === 'totp-setup' ? verify(given.code, given.deviceName, turn) : undefined,
    },
    // Each of the two operations brings a new Session, and only the newest is good.
    Session,
  )
}

const emailSetup: Question = {
  challenge: { kind: 'email-setup' },
  answer: (given) =>
    given.kind === 'email-setup'
      ? ok({ kind: 'respond', responses: { EMAIL: given.email.trim() } })
      : undefined,
}

const setUp = (factor: Factor, turn: Turn): Result<Ask> | Promise<Result<Ask>> =>
  factor === 'totp' ? setUpTotp(turn) : asking(emailSetup)

/** Asks which only where there is a choice, and where there is nothing to set up here. */
export const mfaSetup: Opening = ({ parameters: { MFAS_CAN_SETUP } }, turn) => {
  const listed = namesIn(MFAS_CAN_SETUP)
  const options = [...new Set(listed.flatMap((name) => factors[name] ?? []))]
  const elsewhere = listed.filter((name) => factors[name] === undefined)
  const [only] = options
  if (only !== undefined && options.length === 1) return setUp(only, turn)
  return asking({
    challenge: { kind: 'mfa-setup', options, elsewhere },
    answer: (given, turn) => (given.kind === 'mfa-setup' ? setUp(given.choice, turn) : undefined),
  })
}
