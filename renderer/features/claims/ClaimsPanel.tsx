// Owns the Claims tab: both tokens side by side, with a filter, explained or as JSON.
import { Search } from 'lucide-react'
import { useState } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { type LiveSession, request, useAnswer } from '../../state/index.ts'
import { Button, FailureMessage, Segmented, TextInput } from '../../ui/index.ts'
import { Pending } from '../values/Pending.tsx'
import styles from './ClaimsPanel.module.css'
import { RawToken } from './RawToken.tsx'
import { TokenTable } from './TokenTable.tsx'

const modes = [
  { value: 'explained', label: 'Explained' },
  { value: 'json', label: 'JSON' },
] as const

export const ClaimsPanel = ({ view, live }: { view: ProfileView; live: LiveSession }) => {
  const { id } = view.profile
  const [filter, setFilter] = useState('')
  const [mode, setMode] = useState<(typeof modes)[number]['value']>('explained')
  // New tokens come with a refresh, and have another issue time unless that was in the same second. Until they are read the
  // last ones stay on screen.
  const [claims, askAgain] = useAnswer(
    () => request('session.claims', id),
    id,
    `${live.lifetimes.tokens.issuedAt} ${live.status}`,
  )

  if (claims.kind === 'loading') return <Pending label="Reading the tokens" />
  if (claims.kind === 'failed')
    return (
      <FailureMessage
        failure={claims.failure}
        role="note"
        actions={<Button onClick={askAgain}>Try again</Button>}
      />
    )

  const { id: idToken, access, expected, before } = claims.value
  return (
    <>
      <div className={styles.tools}>
        <div className={styles.filter}>
          <Search size={13} aria-hidden="true" />
          <TextInput
            type="search"
            aria-label="Filter claims"
            placeholder="Filter claims"
            value={filter}
            disabled={mode === 'json'}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
        <Segmented aria-label="View" options={modes} value={mode} onValueChange={setMode} />
      </div>
      <div className={styles.columns}>
        {mode === 'explained' ? (
          <>
            <TokenTable
              title="ID token"
              token={idToken}
              before={before?.id}
              expected={expected}
              filter={filter}
            />
            <TokenTable
              title="Access token"
              token={access}
              before={before?.access}
              expected={expected}
              filter={filter}
            />
          </>
        ) : (
          <>
            <RawToken profileId={id} which="id" title="ID token" token={idToken} />
            <RawToken profileId={id} which="access" title="Access token" token={access} />
          </>
        )}
      </div>
    </>
  )
}
