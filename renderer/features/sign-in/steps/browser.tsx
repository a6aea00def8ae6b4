// Owns the step that waits for the system browser to come back.

import { shorten } from '../../../format/shorten.ts'
import { copyPlain } from '../../../state/index.ts'
import { Button, Note, Spinner } from '../../../ui/index.ts'
import type { ChallengeOf, StepKind, StepProps } from './step-kind.ts'
import styles from './steps.module.css'

type Browser = ChallengeOf<'browser'>

const Body = ({ challenge }: StepProps<Browser>) => (
  <>
    {challenge.isOpen ? (
      <p className={styles.waiting}>
        <Spinner decorative /> Waiting for the browser. Finish signing in there; this window goes on by
        itself.
      </p>
    ) : (
      <Note tone="warn" title="The system browser could not be opened">
        Copy the address and open it in a browser on this machine.
      </Note>
    )}
    <p className={styles.address}>
      <code>{shorten(challenge.url, 30, 6)}</code>
      <Button size="small" onClick={() => copyPlain(challenge.url, 'address')}>
        Copy address
      </Button>
    </p>
  </>
)

export const browser: StepKind<Browser> = {
  title: () => 'Sign in with the browser',
  isLast: false,
  buttons: () => ({ submit: 'Open it again' }),
  fields: () => [],
  read: () => ({ goOn: 'browser' }),
  Body,
}
