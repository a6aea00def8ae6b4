// Owns the fields of browser sign-in: beside the method where that is the one, behind "More" for every other.
import { Field, TextInput } from '../../ui/index.ts'
import styles from './ProfileForm.module.css'
import type { ProfileForm } from './use-profile-form.ts'

export const BrowserFields = ({ form: { field, errorAt } }: { form: ProfileForm }) => (
  <>
    <Field
      label="Domain of the login page"
      hint="Cognito's own or a custom one; needed for browser sign-in"
      error={errorAt('domain')}
    >
      <TextInput {...field('domain')} placeholder="acme.auth.eu-west-1.amazoncognito.com" />
    </Field>
    <Field
      label="Callback URL"
      hint="one of the app client's, letter by letter"
      error={errorAt('callbackUrl')}
    >
      <TextInput {...field('callbackUrl')} placeholder="http://localhost:49152/callback" />
    </Field>
    <Field
      label="Sign-out URL"
      hint="optional: one of the app client's, else the callback URL"
      error={errorAt('logoutUrl')}
    >
      <TextInput {...field('logoutUrl')} placeholder="http://localhost:49152/signed-out" />
    </Field>
    <div className={styles.two}>
      <Field label="Scopes" hint="optional: else all of the app client" error={errorAt('scopes')}>
        <TextInput {...field('scopes')} placeholder="openid email" />
      </Field>
      <Field
        label="Identity provider"
        hint="optional: goes there at once"
        error={errorAt('identityProvider')}
      >
        <TextInput {...field('identityProvider')} placeholder="Google" />
      </Field>
    </div>
  </>
)
