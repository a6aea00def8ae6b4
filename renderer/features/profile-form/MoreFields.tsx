// Owns the fields most profiles leave as they are: storage, refreshing, export, endpoints.
import { formatLabels, formatOrder } from '../../format/credential-formats.ts'
import { Checkbox, Field, type Option, Segmented, Select, TextInput } from '../../ui/index.ts'
import { BrowserFields } from './BrowserFields.tsx'
import { MetadataField } from './MetadataField.tsx'
import styles from './ProfileForm.module.css'
import type { ProfileForm } from './use-profile-form.ts'
import type { FormValues, LifetimeUnit } from './values.ts'

const storageOptions: readonly Option<FormValues['storage']>[] = [
  { value: 'keychain', label: 'Keychain' },
  { value: 'memory', label: 'Memory only' },
]

const flowOptions: readonly Option<FormValues['credentialsFlow']>[] = [
  { value: 'enhanced', label: 'Identity pool: 1 hour' },
  { value: 'basic', label: 'STS: up to 12 hours' },
]

const unitOptions: readonly Option<LifetimeUnit>[] = [
  { value: 'minutes', label: 'minutes' },
  { value: 'hours', label: 'hours' },
  { value: 'days', label: 'days' },
]

const formatOptions = formatOrder.map((value) => ({ value, label: formatLabels[value].label }))

export const MoreFields = ({ form }: { form: ProfileForm }) => {
  const { values, fill, field, errorAt, moreOpen, setMoreOpen } = form
  const { storage, signInMethod, credentialsFlow: flow } = values
  return (
    <details
      className={styles.more}
      open={moreOpen}
      onToggle={(event) => setMoreOpen(event.currentTarget.open)}
    >
      <summary>More</summary>
      <div>
        <Field label="Session kept in" hint={storage === 'memory' ? 'ends when Sesame quits' : undefined}>
          <Segmented
            options={storageOptions}
            value={storage}
            onValueChange={(next) => fill({ storage: next })}
          />
        </Field>
        <div className={styles.two}>
          <Field
            label="Refresh ahead"
            hint="seconds before the tokens expire"
            error={errorAt('refreshLeadSeconds')}
          >
            <TextInput {...field('refreshLeadSeconds')} inputMode="numeric" />
          </Field>
          <Field
            label="Refresh token lifetime"
            hint="as in the app client"
            error={errorAt('refreshTokenLifetime.value')}
          >
            <div className={styles.amount}>
              <TextInput {...field('refreshTokenLifetime.value')} inputMode="numeric" />
              <Select
                id="refresh-token-lifetime-unit"
                aria-label="Unit of the refresh token lifetime"
                options={unitOptions}
                {...field('refreshTokenLifetime.unit')}
              />
            </div>
          </Field>
        </div>
        <Field
          label="Role ARN"
          hint="optional: asked of the identity pool instead of its own choice"
          error={errorAt('roleArn')}
        >
          <TextInput {...field('roleArn')} placeholder="arn:aws:iam::123456789012:role/name" />
        </Field>
        <div className={styles.two}>
          <Field label="Credentials by" error={errorAt('credentialsFlow')}>
            <Select {...field('credentialsFlow')} options={flowOptions} />
          </Field>
          {flow === 'basic' && (
            <Field
              label="Credentials live"
              hint="seconds, up to 43200 where the role allows it"
              error={errorAt('credentialsSeconds')}
            >
              <TextInput {...field('credentialsSeconds')} inputMode="numeric" placeholder="3600" />
            </Field>
          )}
        </div>
        <div className={styles.two}>
          <Field label="Export region" hint="optional: else the pool's" error={errorAt('exportRegion')}>
            <TextInput {...field('exportRegion')} placeholder="eu-west-1" />
          </Field>
          <Field label="Export format" hint="for one-click copies" error={errorAt('exportFormat')}>
            <Select {...field('exportFormat')} options={formatOptions} />
          </Field>
        </div>
        <Checkbox
          label="Available to the command line"
          hint="sesame, credential_process and other programs of yours may use this session"
          checked={values.availableToCommandLine}
          onChange={(event) => fill({ availableToCommandLine: event.target.checked })}
        />
        {signInMethod !== 'browser' && <BrowserFields form={form} />}
        <MetadataField form={form} />
        <Field
          label="User pool endpoint"
          hint="optional: for a local server, a proxy or a VPC"
          error={errorAt('endpoints.userPool')}
        >
          <TextInput {...field('endpoints.userPool')} placeholder="https://" />
        </Field>
        <Field label="Identity pool endpoint" error={errorAt('endpoints.identityPool')}>
          <TextInput {...field('endpoints.identityPool')} placeholder="https://" />
        </Field>
        <Field label="STS endpoint" error={errorAt('endpoints.sts')}>
          <TextInput {...field('endpoints.sts')} placeholder="https://" />
        </Field>
        <Field
          label="Federation endpoint"
          hint="of console sign-in links"
          error={errorAt('endpoints.federation')}
        >
          <TextInput {...field('endpoints.federation')} placeholder="https://" />
        </Field>
      </div>
    </details>
  )
}
