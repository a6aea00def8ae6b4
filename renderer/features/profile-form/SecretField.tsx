// Owns the app client secret in the form: it is typed, never shown. What is stored can be replaced or removed.
import { Checkbox, Field, LinkButton, PasswordInput } from '../../ui/index.ts'
import styles from './ProfileForm.module.css'
import type { ProfileForm } from './use-profile-form.ts'

const label = 'App client secret'

export interface SecretFieldProps {
  form: ProfileForm
  /** Where the secret is kept now, in words; absent where there is none. */
  storedIn: string | undefined
}

export const SecretField = ({ form, storedIn }: SecretFieldProps) => {
  const { secretMode, setSecretMode, errorAt } = form
  const isTyping = secretMode === 'type'
  const input = (
    <Field
      label={label}
      hint={storedIn === undefined ? undefined : `left blank: the one stored in ${storedIn} stays`}
      error={errorAt('clientSecret')}
    >
      <PasswordInput name="clientSecret" autoComplete="off" maxLength={256} />
    </Field>
  )
  if (storedIn === undefined)
    return (
      <>
        <Checkbox
          label="The app client has a secret"
          checked={isTyping}
          onChange={(event) => setSecretMode(event.currentTarget.checked ? 'type' : 'keep')}
        />
        {isTyping && input}
      </>
    )
  if (isTyping) return input
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.line}>
        {secretMode === 'keep' ? (
          <>
            <span>Stored in {storedIn}.</span>
            <LinkButton onClick={() => setSecretMode('type')}>Replace</LinkButton>
            <LinkButton onClick={() => setSecretMode('remove')}>Remove</LinkButton>
          </>
        ) : (
          <>
            <span>Removed from {storedIn} when you save.</span>
            <LinkButton onClick={() => setSecretMode('keep')}>Keep it</LinkButton>
          </>
        )}
      </div>
    </fieldset>
  )
}
