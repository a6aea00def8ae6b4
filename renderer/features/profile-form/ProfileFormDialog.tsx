// Owns the dialog that adds or edits a profile. What is valid is main's to say; the course of the form is use-profile-form's.
import { useEffect, useRef } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'
import {
  type ProfilePreset,
  request,
  selectProfile,
  showToast,
  useApp,
  useProfile,
} from '../../state/index.ts'
import { Button, Dialog, FailureMessage, Field, Note, Select, TextInput } from '../../ui/index.ts'
import { environmentLabels } from '../profiles/status.ts'
import { MethodField } from './MethodField.tsx'
import { MoreFields } from './MoreFields.tsx'
import { PoolFields } from './PoolFields.tsx'
import styles from './ProfileForm.module.css'
import { SecretField } from './SecretField.tsx'
import { type Check, type ProfileForm, type ProfileFormOptions, useProfileForm } from './use-profile-form.ts'
import { toValues } from './values.ts'

export type ProfileFormMode =
  | { readonly kind: 'add'; readonly preset?: ProfilePreset | undefined }
  | { readonly kind: 'edit'; readonly profileId: string }

export interface ProfileFormDialogProps {
  mode: ProfileFormMode
  onClose: () => void
}

/** Adds a profile, or edits one. */
export const ProfileFormDialog = ({ mode, onClose }: ProfileFormDialogProps) =>
  mode.kind === 'add' ? (
    <AddProfile preset={mode.preset} onClose={onClose} />
  ) : (
    <EditProfile key={mode.profileId} profileId={mode.profileId} onClose={onClose} />
  )

const AddProfile = ({ preset, onClose }: { preset: ProfilePreset | undefined; onClose: () => void }) => {
  const save: ProfileFormOptions['save'] = (input) => request('profiles.add', input)
  const onSaved = ({ profile }: ProfileView): void => {
    selectProfile(profile.id)
    showToast({ text: `Added ${profile.name}` })
    onClose()
  }
  return (
    <FormDialog
      title="Add profile"
      lead="Paste a pool id, an issuer, or an amplify_outputs.json"
      takesConfigurations
      action="Add"
      initial={preset ?? {}}
      storedIn={undefined}
      save={save}
      onSaved={onSaved}
      onClose={onClose}
    />
  )
}

const EditProfile = ({ profileId, onClose }: { profileId: string; onClose: () => void }) => {
  const view = useProfile(profileId)
  const inMemory = useApp(({ vault }) => vault.kind === 'memory')
  if (view === undefined) return null
  const { profile } = view
  return (
    <FormDialog
      title="Edit profile"
      lead={profile.name}
      action="Save"
      initial={profile}
      storedIn={
        profile.hasClientSecret
          ? inMemory || profile.storage === 'memory'
            ? 'memory'
            : 'the keychain'
          : undefined
      }
      save={(input) => request('profiles.update', profileId, input)}
      onSaved={(saved) => {
        showToast({ text: `Saved ${saved.profile.name}` })
        onClose()
      }}
      onClose={onClose}
    />
  )
}

interface FormDialogProps extends Pick<ProfileFormOptions, 'save' | 'onSaved'> {
  title: string
  lead: string
  /** The verb on the button that saves. */
  action: string
  /** What the form starts from; later changes of the profile do not touch what is being typed. */
  initial: Parameters<typeof toValues>[0]
  storedIn: string | undefined
  takesConfigurations?: boolean
  onClose: () => void
}

const FormDialog = (props: FormDialogProps) => {
  const {
    title,
    lead,
    action,
    initial,
    storedIn,
    takesConfigurations = false,
    save,
    onSaved,
    onClose,
  } = props
  const body = useRef<HTMLDivElement>(null)
  const form = useProfileForm({
    initial: toValues(initial),
    hadSecret: storedIn !== undefined,
    save,
    onSaved,
    body,
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={title}
      lead={lead}
      onSubmit={form.submit}
      footer={
        <>
          <Button
            variant="ghost"
            data-start=""
            busy={form.check?.kind === 'checking'}
            onClick={form.checkConnection}
          >
            Check connection
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={form.saving}>
            {action}
          </Button>
        </>
      }
    >
      <div ref={body} className={styles.form} onInput={form.forgetCheck}>
        <Fields form={form} storedIn={storedIn} takesConfigurations={takesConfigurations} />
        <Verdict form={form} />
      </div>
    </Dialog>
  )
}

const environmentOptions = (['production', 'staging', 'development', 'other'] as const).map((value) => ({
  value,
  label: environmentLabels[value],
}))

interface FieldsProps {
  form: ProfileForm
  storedIn: string | undefined
  takesConfigurations: boolean
}

const Fields = ({ form, storedIn, takesConfigurations }: FieldsProps) => {
  const { field, errorAt } = form
  return (
    <>
      <PoolFields form={form} takesConfigurations={takesConfigurations} />
      <SecretField form={form} storedIn={storedIn} />
      <MethodField form={form} />
      <Field
        label="Identity pool id"
        hint="optional: needed for AWS credentials"
        error={errorAt('identityPoolId')}
      >
        <TextInput {...field('identityPoolId')} placeholder="eu-west-1:00000000-0000-…" />
      </Field>
      <div className={styles.two}>
        <Field label="Environment" error={errorAt('environment')}>
          <Select {...field('environment')} options={environmentOptions} />
        </Field>
        <Field label="Username" error={errorAt('username')}>
          <TextInput {...field('username')} placeholder="filled in at sign-in" />
        </Field>
      </div>
      <MoreFields form={form} />
    </>
  )
}

/** What main said that is about no field. */
const Verdict = ({ form: { failure, check } }: { form: ProfileForm }) => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (failure !== undefined || check !== undefined) place.current?.scrollIntoView({ block: 'nearest' })
  }, [failure, check])
  return (
    <div ref={place} className={styles.verdict}>
      {failure && <FailureMessage failure={failure} />}
      {check && <CheckResult check={check} />}
    </div>
  )
}

const CheckResult = ({ check }: { check: Check }) => {
  switch (check.kind) {
    case 'checking':
      return null
    case 'answers':
      return (
        <Note tone="ok" role="alert" title="The user pool answers">
          <code>{check.found.issuer}</code> has {check.found.keys} signing{' '}
          {check.found.keys === 1 ? 'key' : 'keys'}.
        </Note>
      )
    case 'failed':
      return <FailureMessage failure={check.failure} />
    default:
      return unreachable(check)
  }
}
