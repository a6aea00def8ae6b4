// Owns the choice of how to sign in.
import type { SignInMethod } from '../../../main/profiles/profile.ts'
import { Field, Segmented, Select } from '../../ui/index.ts'
import { BrowserFields } from './BrowserFields.tsx'
import {
  methodOf,
  methodSegments,
  type PasswordMethod,
  passwordMethods,
  preferredOptions,
  segmentOf,
} from './method.ts'
import styles from './ProfileForm.module.css'
import type { ProfileForm } from './use-profile-form.ts'

const passwordMethodOf = (method: SignInMethod): PasswordMethod | undefined =>
  passwordMethods.find(({ value }) => value === method)?.value

export const MethodField = ({ form }: { form: ProfileForm }) => {
  const { values, fill, field, errorAt } = form
  const method = values.signInMethod
  const choose = (next: SignInMethod): void => {
    fill({ signInMethod: next })
  }
  const passwordMethod = passwordMethodOf(method)
  return (
    <>
      <Field label="Sign-in" error={errorAt('signInMethod')}>
        <div className={styles.stack}>
          <Segmented
            options={methodSegments}
            value={segmentOf(method)}
            onValueChange={(segment) => choose(methodOf(segment))}
          />
          {passwordMethod !== undefined && (
            <Segmented
              aria-label="How the password is proved"
              options={passwordMethods}
              value={passwordMethod}
              onValueChange={choose}
            />
          )}
        </div>
      </Field>
      {method === 'choice' && (
        <Field
          label="Preferred way"
          hint="asked for at once; the user pool may offer others"
          error={errorAt('preferredChallenge')}
        >
          <Select {...field('preferredChallenge')} options={preferredOptions} />
        </Field>
      )}
      {method === 'browser' && <BrowserFields form={form} />}
    </>
  )
}
