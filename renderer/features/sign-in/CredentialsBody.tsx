// Owns the first stage of the sign-in dialog: what the profile's method needs to begin with, and the other ways in.
import type { Profile } from '../../../main/profiles/profile.ts'
import { Field, LinkButton, PasswordInput, TextInput } from '../../ui/index.ts'
import type { FieldError } from './placement.ts'
import styles from './SignInDialog.module.css'
import { textIn } from './steps/step-kind.ts'

export const credentialFields = ['username', 'password'] as const

export interface Credentials {
  readonly username: string
  readonly password?: string
}

/** What the first stage asks for, by the profile's method. */
export interface Needs {
  readonly username: 'required' | 'optional'
  readonly password: 'required' | 'optional' | 'none'
}

/** Choice-based sign-in asks for a password at once only where the profile prefers one; else Cognito lists the ways. */
export const needsOf = ({
  signInMethod,
  preferredChallenge,
}: Pick<Profile, 'signInMethod' | 'preferredChallenge'>): Needs => {
  if (signInMethod === 'browser') return { username: 'optional', password: 'none' }
  if (signInMethod === 'custom') return { username: 'required', password: 'optional' }
  const startsElsewhere = signInMethod === 'choice' && preferredChallenge?.startsWith('PASSWORD') !== true
  return { username: 'required', password: startsElsewhere ? 'none' : 'required' }
}

const usernameIn = (form: FormData): string => textIn(form, 'username').trim()

const missingUsername: FieldError = {
  field: 'username',
  text: 'Enter the username, e-mail or phone number.',
}

/** Reads the form of the first stage. The password is taken as typed, spaces included. */
export const readCredentials = (
  form: FormData,
  needs: Needs,
): Credentials | { readonly missing: FieldError } => {
  const username = usernameIn(form)
  const password = textIn(form, 'password')
  if (username === '' && needs.username === 'required') return { missing: missingUsername }
  if (password !== '') return { username, password }
  return needs.password === 'required'
    ? { missing: { field: 'password', text: 'Enter the password.' } }
    : { username }
}

/** Reads no more than who it is about. */
export const readUsername = (form: FormData): string | { readonly missing: FieldError } => {
  const username = usernameIn(form)
  return username === '' ? { missing: missingUsername } : username
}

interface CredentialsBodyProps {
  needs: Needs
  username: string
  busy: boolean
  errorAt: (field: string) => string | undefined
  /** Both take the form as it is typed so far. */
  onForgot: (form: FormData) => void
  onBrowser: (form: FormData) => void
}

/** The inputs keep what was typed themselves; nothing of it is state. */
export const CredentialsBody = (props: CredentialsBodyProps) => {
  const { needs, username, busy, errorAt, onForgot, onBrowser } = props
  return (
    <>
      <Field
        label="Username, e-mail or phone"
        hint={needs.username === 'optional' ? 'optional: filled in on the login page' : undefined}
        error={errorAt('username')}
      >
        <TextInput
          name="username"
          autoComplete="username"
          defaultValue={username}
          maxLength={128}
          readOnly={busy}
        />
      </Field>
      {needs.password !== 'none' && (
        <Field
          label="Password"
          hint={needs.password === 'optional' ? 'optional: only where the pool checks it first' : undefined}
          error={errorAt('password')}
        >
          <PasswordInput
            name="password"
            maxLength={256}
            readOnly={busy}
            data-initial-focus={username === '' ? undefined : ''}
          />
        </Field>
      )}
      {needs.username === 'required' && (
        <div className={styles.links}>
          <FormLink onPress={onForgot}>Forgot password</FormLink>
          <FormLink onPress={onBrowser}>Sign in with the browser instead</FormLink>
        </div>
      )}
    </>
  )
}

const FormLink = ({ children, onPress }: { children: string; onPress: (form: FormData) => void }) => (
  <LinkButton
    onClick={({ currentTarget: { form } }) => {
      if (form !== null) onPress(new FormData(form))
    }}
  >
    {children}
  </LinkButton>
)
