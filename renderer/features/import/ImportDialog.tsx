// Owns the import dialog: a text or a file, then a preview of what becomes of each profile, then only what was ticked.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/failure.ts'
import type { RequestArgs } from '../../../preload/contract.ts'
import type { ImportPreview } from '../../../preload/views.ts'
import { type BegunImport, openDialog, request, showToast } from '../../state/index.ts'
import { Button, Dialog, FailureMessage, Field, firstField, TextArea } from '../../ui/index.ts'
import styles from './Import.module.css'
import { ImportRows } from './ImportRows.tsx'
import { canImport, countProfiles, describeDone, formatWords } from './words.ts'

/** The contract's limit for a text; a larger one is chosen as a file, which main measures. */
const longest = 600_000

/** What is ticked to begin with: whatever importing does something for. */
const importable = (preview: ImportPreview | undefined): ReadonlySet<number> =>
  new Set(preview?.profiles.flatMap((row, index) => (canImport(row) ? [index] : [])))

interface ImportDialogProps {
  /** Something was looked at already: it starts there. */
  begun?: BegunImport | undefined
  onClose: () => void
}

/** Imports profiles from other tools' files, or from another Sesame. */
export const ImportDialog = ({ begun, onClose }: ImportDialogProps) => {
  const { looked } = begun ?? {}
  const [preview, setPreview] = useState(looked?.ok === true ? looked.value : undefined)
  const [chosen, setChosen] = useState(() => importable(preview))
  const [failure, setFailure] = useState<Failure | undefined>(
    looked?.ok === false ? looked.failure : undefined,
  )
  // Kept while the preview is shown in its place.
  const [text, setText] = useState(begun?.text ?? '')
  const [busy, setBusy] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)

  // The button that led here may have nothing to do any more, and a button that is off keeps no focus.
  useEffect(() => {
    const start = body.current ? firstField(body.current) : undefined
    const otherwise = preview === undefined ? undefined : cancel.current
    ;(start ?? otherwise)?.focus()
  }, [preview])

  const look = async (source: RequestArgs<'profiles.previewImport'>[0]): Promise<void> => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    const answer = await request('profiles.previewImport', source)
    setBusy(false)
    if (!answer.ok) setFailure(answer.failure)
    else if (answer.value !== undefined) {
      setPreview(answer.value)
      setChosen(importable(answer.value))
    }
  }

  const take = async (importId: string, form: FormData): Promise<void> => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    const answer = await request(
      'profiles.import',
      importId,
      [...chosen].map((index) => {
        const name = form.get(`name.${index}`)
        return typeof name === 'string' ? { index, name } : { index }
      }),
    )
    setBusy(false)
    if (!answer.ok) setFailure(answer.failure)
    else {
      showToast({ text: describeDone(answer.value) })
      onClose()
    }
  }

  const submit = ({ currentTarget }: FormEvent<HTMLFormElement>): void => {
    if (preview !== undefined) {
      if (chosen.size > 0) void take(preview.importId, new FormData(currentTarget))
    } else if (text.trim() !== '') void look({ kind: 'text', text })
  }

  const atRow = failure?.code === 'input.invalid' ? failure.field : undefined
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Import profiles"
      lead={
        preview === undefined
          ? 'Nothing changes before you have seen what would.'
          : `Found in ${preview.fileName ?? 'the text'}: ${formatWords[preview.format]}`
      }
      onSubmit={submit}
      footer={
        <>
          {preview === undefined ? (
            <Button variant="ghost" data-start="" onClick={() => void look({ kind: 'file' })}>
              Choose a file…
            </Button>
          ) : (
            <Button
              variant="ghost"
              data-start=""
              onClick={() => {
                setPreview(undefined)
                setFailure(undefined)
              }}
            >
              Back
            </Button>
          )}
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            busy={busy}
            disabled={preview !== undefined && chosen.size === 0}
          >
            {preview === undefined ? 'Show what is in it' : `Import ${countProfiles(chosen.size)}`}
          </Button>
        </>
      }
    >
      <div ref={body} className={styles.stage}>
        {failure !== undefined && atRow === undefined && <FailureMessage failure={failure} />}
        {preview === undefined ? (
          <Field
            label="Text"
            hint="amplify_outputs.json, aws-exports.js, CDK outputs, the address of a user pool, or profiles exported by Sesame"
          >
            <TextArea
              name="text"
              mono
              rows={9}
              maxLength={longest}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </Field>
        ) : (
          <ImportRows
            preview={preview}
            chosen={chosen}
            onChoose={setChosen}
            errorAt={(index) => (atRow === String(index) ? failure?.message : undefined)}
            onComplete={(row) =>
              openDialog({
                kind: 'add-profile',
                preset: {
                  ...(row.settings.userPoolId !== undefined && { userPoolId: row.settings.userPoolId }),
                  ...(row.settings.clientId !== undefined && { clientId: row.settings.clientId }),
                },
              })
            }
          />
        )}
      </div>
    </Dialog>
  )
}
