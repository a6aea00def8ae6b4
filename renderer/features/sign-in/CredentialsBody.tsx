// Owns the first stage of the sign-in dialog: username and password, and the other ways in.
import { Field, LinkButton, PasswordInput, TextInput, Tooltip } from '../../ui/index.ts'
import type { FieldError } from './placement.ts'
import styles from './SignInDialog.module.css'
import { textIn } from './steps/step-kind.ts'

export const credentialFields = ['username', 'password'] as const

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Reads the form of the first stage. The password is taken as typed, spaces included. */
export const readCredentials = (form: FormData): Credentials | { readonly missing: FieldError } => {
  const username = textIn(form, 'username').trim()
  const password = textIn(form, 'password')
  if (username === '')
    return { missing: { field: 'username', text: 'Enter the username, e-mail or phone number.' } }
  if (password === '') return { missing: { field: 'password', text: 'Enter the password.' } }
  return { username, password }
}

const later = 'Not in this version of Sesame yet.'

/** The inputs keep what was typed themselves; nothing of it is state. */
export const CredentialsBody = ({
  username,
  busy,
  errorAt,
}: {
  username: string
  busy: boolean
  errorAt: (field: string) => string | undefined
}) => (
  <>
    <Field label="Username, e-mail or phone" error={errorAt('username')}>
      <TextInput
        name="username"
        autoComplete="username"
        defaultValue={username}
        maxLength={128}
        readOnly={busy}
      />
    </Field>
    <Field label="Password" error={errorAt('password')}>
      <PasswordInput name="password" maxLength={256} readOnly={busy} />
    </Field>
    <div className={styles.links}>
      <Tooltip text={later}>
        <LinkButton aria-disabled="true">Forgot password</LinkButton>
      </Tooltip>
      <Tooltip text={later}>
        <LinkButton aria-disabled="true">Sign in with the browser instead</LinkButton>
      </Tooltip>
    </div>
  </>
)
