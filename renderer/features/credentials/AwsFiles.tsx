// Owns "Keep ~/.aws up to date": what to keep, what that would write, and the person's word for it. Main reads and writes the files.
import { FileCog } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '../../../main/failure.ts'
import type { AwsFilesPreviewView, ProfileView } from '../../../preload/views.ts'
import { type AwsFilesKind, awsFileChanges, awsFileKinds, awsFilesLabels } from '../../format/aws-files.ts'
import { request } from '../../state/index.ts'
import { Button, CodeBlock, FailureMessage, Field, Note, Select, TextInput } from '../../ui/index.ts'
import styles from './AwsFiles.module.css'

const options = awsFileKinds.map((value) => ({ value, label: awsFilesLabels[value] }))

type Step =
  | { readonly kind: 'choosing' | 'asking' | 'written' }
  | { readonly kind: 'shown'; readonly preview: AwsFilesPreviewView }
  | { readonly kind: 'writing'; readonly preview: AwsFilesPreviewView }
  | { readonly kind: 'failed'; readonly failure: Failure }

const Preview = ({ preview: { files, warnings, isTaken } }: { preview: AwsFilesPreviewView }) => (
  <>
    {files.length === 0 && <p>No file will change.</p>}
    {files.map(({ path, change, text }) => (
      <div key={path} className={styles.file}>
        <p>
          {awsFileChanges[change]} <code>{path}</code>
        </p>
        {text !== '' && <CodeBlock label={`What will be in ${path}`} text={text} />}
      </div>
    ))}
    {isTaken && (
      <Note tone="warn" title="Sesame did not write this section">
        Its keys will be replaced. Anything else in it stays.
      </Note>
    )}
    {warnings.map((warning) => (
      <Note key={warning} tone="warn">
        {warning}
      </Note>
    ))}
  </>
)

export const AwsFiles = ({ view: { profile } }: { view: ProfileView }) => {
  const [kind, setKind] = useState<AwsFilesKind>(profile.awsFiles?.kind ?? 'off')
  const [section, setSection] = useState(profile.awsFiles?.section ?? '')
  const [step, setStep] = useState<Step>({ kind: 'choosing' })
  const wanted = { kind, ...(section.trim() !== '' && { section: section.trim() }) }

  const show = async () => {
    setStep({ kind: 'asking' })
    const answer = await request('awsFiles.preview', profile.id, wanted)
    setStep(
      answer.ok ? { kind: 'shown', preview: answer.value } : { kind: 'failed', failure: answer.failure },
    )
  }
  const write = async (preview: AwsFilesPreviewView) => {
    setStep({ kind: 'writing', preview })
    const answer = await request('awsFiles.apply', profile.id, wanted, preview.isTaken)
    setStep(answer.ok ? { kind: 'written' } : { kind: 'failed', failure: answer.failure })
  }
  // What was shown is about what was chosen then.
  const change = (apply: () => void) => {
    apply()
    setStep({ kind: 'choosing' })
  }

  return (
    <section className={styles.files} aria-label="AWS files">
      <div className={styles.choice}>
        <Field label="Keep ~/.aws up to date">
          <Select options={options} value={kind} onValueChange={(next) => change(() => setKind(next))} />
        </Field>
        {kind !== 'off' && (
          <Field label="Section" hint="made from the profile's name unless set">
            <TextInput value={section} onChange={(event) => change(() => setSection(event.target.value))} />
          </Field>
        )}
        <Button icon={<FileCog size={14} />} busy={step.kind === 'asking'} onClick={() => void show()}>
          Show what will be written
        </Button>
      </div>
      {(step.kind === 'shown' || step.kind === 'writing') && (
        <>
          <Preview preview={step.preview} />
          <div>
            <Button variant="primary" busy={step.kind === 'writing'} onClick={() => void write(step.preview)}>
              {step.preview.isTaken ? 'Take over and write' : kind === 'off' ? 'Turn off' : 'Write'}
            </Button>
          </div>
        </>
      )}
      {step.kind === 'written' && (
        <Note tone="ok" role="alert">
          {kind === 'off'
            ? 'Sesame keeps nothing in these files any more.'
            : 'Written, and kept up to date from now on.'}
        </Note>
      )}
      {step.kind === 'failed' && <FailureMessage failure={step.failure} />}
    </section>
  )
}
