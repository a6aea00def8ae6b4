// Owns the pane when there is no profile to show: first run, waiting for main, main not answering.
import type { Failure } from '../../../main/failure.ts'
import { load, openDialog } from '../../state/index.ts'
import { Button, FailureMessage } from '../../ui/index.ts'
import { Pending } from '../values/Pending.tsx'
import styles from './Blank.module.css'

export const FirstRun = () => (
  <div className={styles.blank}>
    <h1>No profiles yet</h1>
    <p>
      A profile is one user of one Cognito user pool. Sesame keeps its session fresh and its secrets in your
      keychain.
    </p>
    <div className={styles.buttons}>
      <Button variant="primary" onClick={() => openDialog({ kind: 'add-profile' })}>
        Add profile
      </Button>
      <Button onClick={() => openDialog({ kind: 'import-profiles' })}>Import…</Button>
    </div>
    <p className={styles.small}>
      Or try the demo pool: no AWS account needed. Quit and run <code>npm run demo</code>.
    </p>
  </div>
)

export const Loading = () => (
  <div className={styles.blank}>
    <Pending label="Reading your profiles" />
  </div>
)

export const LoadFailed = ({ failure }: { failure: Failure }) => (
  <div className={styles.blank}>
    <FailureMessage
      failure={failure}
      actions={<Button onClick={() => void load(window.sesame)}>Try again</Button>}
    />
  </div>
)
