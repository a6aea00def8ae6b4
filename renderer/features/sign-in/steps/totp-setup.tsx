// Owns the step that pairs an authenticator app: the code to scan, the secret to type, the first six digits.
import { lazy, Suspense, useState } from 'react'
import { copySecret } from '../../../state/index.ts'
import { Button, CodeInput, digitsOf, Field, TextInput } from '../../../ui/index.ts'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'
import styles from './steps.module.css'

type TotpSetup = ChallengeOf<'totp-setup'>

// Few people ever see it, so nobody else loads what draws it.
const QrCode = lazy(async () => ({ default: (await import('./QrCode.tsx')).QrCode }))

/** In groups of four, as authenticator apps show it. */
const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret

const Body = ({ challenge, busy, errorAt }: StepProps<TotpSetup>) => {
  const [code, setCode] = useState('')
  return (
    <>
      <div className={styles.setup}>
        <Suspense fallback={<div className={styles.qr} />}>
          <QrCode text={challenge.otpauthUri} label="QR code for the authenticator app" />
        </Suspense>
        <div>
          <p>Scan this with an authenticator app, or type the secret into it:</p>
          <code className={styles.wrap}>{inGroups(challenge.secret)}</code>
          <div>
            <Button size="small" onClick={() => void copySecret(challenge.secret, 'authenticator secret')}>
              Copy secret
            </Button>
          </div>
        </div>
      </div>
      <Field label="Code the app shows" error={errorAt('code')}>
        <CodeInput name="code" value={code} readOnly={busy} onValueChange={setCode} />
      </Field>
      <Field label="Name of the app" hint="optional: later sign-ins show it" error={errorAt('deviceName')}>
        <TextInput name="deviceName" maxLength={128} readOnly={busy} />
      </Field>
    </>
  )
}

export const totpSetup: StepKind<TotpSetup> = {
  title: () => 'Set up your authenticator',
  isLast: false,
  fields: () => ['code', 'deviceName'],
  read: (form) => {
    const code = digitsOf(textIn(form, 'code'))
    return code.length === 6
      ? { answer: { kind: 'totp-setup', code, deviceName: textIn(form, 'deviceName').trim() } }
      : { missing: { field: 'code', text: 'Enter all six digits.' } }
  },
  Body,
}
