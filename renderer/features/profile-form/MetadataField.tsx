// Owns the rows of client metadata, which the pool's Lambda triggers are sent.
import { Plus, X } from 'lucide-react'
import { Button, IconButton, TextInput } from '../../ui/index.ts'
import { type MetadataRow, readRows, writeRows } from './metadata.ts'
import styles from './ProfileForm.module.css'
import type { ProfileForm } from './use-profile-form.ts'

export const MetadataField = ({ form: { values, fill, errorAt } }: { form: ProfileForm }) => {
  const rows = readRows(values.clientMetadata)
  const set = (next: readonly MetadataRow[]): void => fill({ clientMetadata: writeRows(next) })
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>Client metadata</legend>
      <span className={styles.small}>
        Goes to the pool’s Lambda triggers. Not for secrets: Cognito logs it.
      </span>
      {rows.map((row, index) => (
        // Rows have no identity but their place, and their inputs hold no state of their own.
        // oxlint-disable-next-line react/no-array-index-key -- see above
        <div key={index} className={styles.row}>
          <TextInput
            // The first one takes the focus when main refuses any of them.
            name={index === 0 ? 'clientMetadata' : undefined}
            aria-label={`Name ${index + 1}`}
            placeholder="name"
            value={row.name}
            onChange={({ target }) => set(rows.with(index, { ...row, name: target.value }))}
          />
          <TextInput
            aria-label={`Value ${index + 1}`}
            placeholder="value"
            maxLength={2048}
            value={row.value}
            onChange={({ target }) => set(rows.with(index, { ...row, value: target.value }))}
          />
          <IconButton
            label={`Remove row ${index + 1}`}
            size="small"
            plain
            onClick={() => set(rows.toSpliced(index, 1))}
          >
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button size="small" icon={<Plus size={13} />} onClick={() => set([...rows, { name: '', value: '' }])}>
        Add a row
      </Button>
      {errorAt('clientMetadata') !== undefined && (
        <span className={styles.error} role="alert">
          {errorAt('clientMetadata')}
        </span>
      )}
    </fieldset>
  )
}
