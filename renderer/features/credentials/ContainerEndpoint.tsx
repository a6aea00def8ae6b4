// Owns the switch of the container endpoint, and the lines with which a program finds it. Main listens, and keeps the token.
import { useState } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { copyEndpoint, request, run, showToast, updateProfile, useAnswer } from '../../state/index.ts'
import { Button, Checkbox, CodeBlock, FailureMessage } from '../../ui/index.ts'
import styles from './AwsFiles.module.css'

const Lines = ({ id, lines }: { id: string; lines: string }) => {
  // State of this component only: gone when the tab is left.
  const [revealed, setRevealed] = useState<string>()
  const reveal = async () => {
    const answer = await run('containerEndpoint.reveal', id)
    if (answer.ok) setRevealed(answer.value)
  }
  const renew = async () => {
    setRevealed(undefined)
    const answer = await run('containerEndpoint.renewToken', id)
    if (answer.ok) showToast({ text: 'The endpoint has a new token' })
  }
  return (
    <>
      <CodeBlock label="Lines for a program" text={revealed ?? lines} />
      <div className={styles.choice}>
        <Button onClick={() => void copyEndpoint(id)}>Copy lines</Button>
        <Button onClick={() => (revealed === undefined ? void reveal() : setRevealed(undefined))}>
          {revealed === undefined ? 'Show token' : 'Hide token'}
        </Button>
        <Button onClick={() => void renew()}>New token</Button>
      </div>
    </>
  )
}

export const ContainerEndpoint = ({ view }: { view: ProfileView }) => {
  const { id, containerEndpoint = false, exportFormat } = view.profile
  const [answer] = useAnswer(
    () => request('containerEndpoint.view', id),
    id,
    `${containerEndpoint} ${exportFormat} ${view.session.status}`,
  )
  return (
    <section className={styles.files} aria-label="Container endpoint">
      <Checkbox
        label="Container endpoint"
        hint="while Sesame runs, programs with its lines in their environment find fresh credentials; keys in a [default] section of ~/.aws win over it"
        checked={containerEndpoint}
        onChange={(event) => void updateProfile(view, { containerEndpoint: event.target.checked })}
      />
      {answer.kind === 'failed' && <FailureMessage failure={answer.failure} />}
      {answer.kind === 'ready' && answer.value.kind === 'closed' && (
        <FailureMessage role="note" failure={answer.value.failure} />
      )}
      {answer.kind === 'ready' && answer.value.kind === 'listening' && (
        <Lines id={id} lines={answer.value.lines} />
      )}
    </section>
  )
}
