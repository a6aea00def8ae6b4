// Owns the head of a profile: who and where it is, and the actions used most.
import { clsx } from 'clsx'
import { LogIn, RefreshCw } from 'lucide-react'
import type { ProfileView } from '../../../preload/views.ts'
import { liveSession, openSignIn, refreshSession } from '../../state/index.ts'
import { Badge, Button, StatusDot } from '../../ui/index.ts'
import { canSignIn, environmentLabels, environmentTones, loginOf, statusBadge } from '../profiles/status.ts'

import { SignOutMenu } from '../sign-out/SignOutMenu.tsx'
import { CopyButton } from './CopyButton.tsx'
import styles from './ProfileHeader.module.css'

const Actions = ({ view }: { view: ProfileView }) => {
  const { session, profile } = view
  const live = liveSession(session)
  if (live !== undefined)
    return (
      <div className={clsx(styles.actions, styles.live)}>
        <Button
          variant="ghost"
          icon={<RefreshCw size={14} />}
          busy={session.status === 'refreshing'}
          onClick={() => void refreshSession(profile.id)}
        >
          Refresh
        </Button>
        <SignOutMenu profile={view} />
        <CopyButton view={view} />
      </div>
    )
  return (
    canSignIn(session) && (
      <div className={styles.actions}>
        <Button variant="primary" icon={<LogIn size={14} />} onClick={() => openSignIn(profile.id)}>
          {session.status === 'ended' ? 'Sign in again' : 'Sign in'}
        </Button>
      </div>
    )
  )
}

export const ProfileHeader = ({ view }: { view: ProfileView }) => {
  const { profile, session } = view
  const badge = statusBadge(session)
  const login = loginOf(view)
  const live = liveSession(session)
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h1>{profile.name}</h1>
        <div className={styles.line}>
          <Badge tone={badge.tone}>
            <StatusDot tone={badge.tone} /> {badge.text}
          </Badge>
          <Badge tone={environmentTones[profile.environment]}>{environmentLabels[profile.environment]}</Badge>
          {live?.unsaved === 'in-memory' && <Badge tone="warn">Not saved</Badge>}
          {live?.unsaved === 'on-disk' && <Badge tone="neutral">Waits for the keychain</Badge>}
        </div>
        <p className={styles.identity}>
          {login !== undefined && `${login} · `}
          <code>{profile.userPoolId}</code>
        </p>
      </div>
      <Actions view={view} />
    </header>
  )
}
