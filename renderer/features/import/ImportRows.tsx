// Owns the preview of an import: one row for each profile found, with what becomes of it and what stands in the way.
import type { ImportPreview } from '../../../preload/views.ts'
import { Badge, Button, Checkbox, TextInput } from '../../ui/index.ts'
import styles from './Import.module.css'
import { actionWords, canImport, type PreviewRow, placesOf, settingName } from './words.ts'

interface ImportRowsProps {
  preview: ImportPreview
  chosen: ReadonlySet<number>
  onChoose: (chosen: ReadonlySet<number>) => void
  errorAt: (index: number) => string | undefined
  /** Goes on with one that lacks something, in the form for a new profile. */
  onComplete: (row: PreviewRow) => void
}

export const ImportRows = ({ preview, chosen, onChoose, errorAt, onComplete }: ImportRowsProps) => {
  const choose = (index: number, isChosen: boolean): void => {
    const others = [...chosen].filter((each) => each !== index)
    onChoose(new Set(isChosen ? [...others, index].toSorted((a, b) => a - b) : others))
  }
  const firstOf = (is: (row: PreviewRow) => boolean): number | undefined => {
    const index = preview.profiles.findIndex(is)
    return index === -1 ? undefined : index
  }
  const start = firstOf(canImport) ?? firstOf(({ action }) => action.kind === 'incomplete')
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Profile</th>
          <th scope="col">What is set</th>
        </tr>
      </thead>
      <tbody>
        {preview.profiles.map((row, index) => (
          // A preview never changes, so a row's place is its identity.
          // oxlint-disable-next-line react/no-array-index-key -- see above
          <tr key={index}>
            <td>
              <Checkbox
                aria-label={`Import ${row.name}`}
                label={
                  <Badge tone={actionWords[row.action.kind].tone}>{actionWords[row.action.kind].text}</Badge>
                }
                checked={chosen.has(index)}
                disabled={!canImport(row)}
                data-initial-focus={index === start && canImport(row) ? '' : undefined}
                onChange={(event) => choose(index, event.target.checked)}
              />
              {row.action.kind === 'add' ? (
                <TextInput
                  name={`name.${index}`}
                  aria-label={`Name of profile ${index + 1}`}
                  aria-invalid={errorAt(index) !== undefined || undefined}
                  defaultValue={row.name}
                  maxLength={80}
                />
              ) : (
                <strong>{row.name}</strong>
              )}
              {errorAt(index) !== undefined && (
                <span className={styles.error} role="alert">
                  {errorAt(index)}
                </span>
              )}
            </td>
            <td>
              <Settings row={row} />
              {row.action.kind === 'incomplete' && (
                <Button
                  size="small"
                  data-initial-focus={index === start ? '' : undefined}
                  onClick={() => onComplete(row)}
                >
                  Fill in the rest
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Settings = ({ row }: { row: PreviewRow }) => (
  <>
    <code>{row.settings.userPoolId}</code>
    {placesOf(row).map((place) => (
      <span key={place} className={styles.place}>
        {place}
      </span>
    ))}
    {row.action.kind === 'change' &&
      row.action.changes.map(({ field, from, to }) => (
        <span key={field} className={styles.change}>
          {settingName(field)}: <del>{from ?? 'not set'}</del> → <ins>{to}</ins>
        </span>
      ))}
    {row.action.kind === 'incomplete' && (
      <span className={styles.note}>
        It does not name the {row.action.missing.map(settingName).join(' and ')}.
      </span>
    )}
    {row.notes.map((note) => (
      <span key={note} className={styles.note}>
        {note}
      </span>
    ))}
  </>
)
