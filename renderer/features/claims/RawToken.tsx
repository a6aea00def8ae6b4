// Owns a token as JSON, to read and to take along, and the token itself once a person asks to see it.
import { useState } from 'react'
import type { TokenView } from '../../../preload/views.ts'
import { copyPlain, run } from '../../state/index.ts'
import { Button, CodeBlock } from '../../ui/index.ts'
import styles from './ClaimsPanel.module.css'
import { TokenCaption } from './TokenTable.tsx'

export interface RawTokenProps {
  profileId: string
  which: 'id' | 'access'
  title: string
  token: TokenView
}

/** The revealed token is state of this component only: it is gone when the view is left. */
export const RawToken = ({ profileId, which, title, token }: RawTokenProps) => {
  const [revealed, setRevealed] = useState<string>()
  const reveal = async () => {
    const answer = await run('session.revealToken', profileId, which)
    if (answer.ok) setRevealed(answer.value)
  }
  const json = JSON.stringify({ header: token.header, payload: token.payload }, null, 2)
  return (
    <section className={styles.raw} aria-label={title}>
      <div>
        <TokenCaption title={title} token={token} />
      </div>
      <CodeBlock label={`${title} as JSON`} wrap text={json} />
      {revealed !== undefined && <CodeBlock label={`${title}, encoded`} wrap text={revealed} />}
      <div className={styles.actions}>
        <Button size="small" onClick={() => copyPlain(json, `the ${title} as JSON`)}>
          Copy JSON
        </Button>
        {revealed === undefined ? (
          <Button size="small" onClick={() => void reveal()}>
            Show encoded token
          </Button>
        ) : (
          <Button size="small" onClick={() => setRevealed(undefined)}>
            Hide encoded token
          </Button>
        )}
      </div>
    </section>
  )
}
