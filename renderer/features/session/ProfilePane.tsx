// Owns the right-hand pane of one profile: head, state, lifetimes, tabs.
import { Tabs } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { liveSession, openSignIn } from '../../state/index.ts'
import { Button, Note } from '../../ui/index.ts'
import { ActivityPanel } from '../activity/ActivityPanel.tsx'
import { ClaimsPanel } from '../claims/ClaimsPanel.tsx'
import { CredentialsPanel } from '../credentials/CredentialsPanel.tsx'
import { canSignIn, statusBadge } from '../profiles/status.ts'
import { SettingsPanel } from '../settings/SettingsPanel.tsx'
import { Lifetimes } from './Lifetimes.tsx'
import { OverviewPanel, SignedOutOverview } from './OverviewPanel.tsx'
import { ProfileHeader } from './ProfileHeader.tsx'
import styles from './ProfilePane.module.css'
import { StateNote } from './StateNote.tsx'

const tabs = [
  { value: 'overview', label: 'Overview' },
  { value: 'claims', label: 'Claims' },
  { value: 'credentials', label: 'Credentials' },
  { value: 'activity', label: 'Activity' },
  { value: 'settings', label: 'Settings' },
] as const

/** What stands where a tab needs a session and there is none. */
const NoSession = ({ view, what }: { view: ProfileView; what: string }) => (
  <Note
    title={statusBadge(view.session).text}
    {...(canSignIn(view.session) && {
      actions: (
        <Button size="small" onClick={() => openSignIn(view.profile.id)}>
          Sign in
        </Button>
      ),
    })}
  >
    {what}
  </Note>
)

const Panel = ({ value, children }: { value: string; children: ReactNode }) => (
  <Tabs.Content value={value} className={styles.panel}>
    {children}
  </Tabs.Content>
)

/** The chosen tab stays when another profile is selected; what is inside starts afresh. */
export const ProfilePane = ({ view }: { view: ProfileView }) => {
  const [tab, setTab] = useState('overview')
  const { id } = view.profile
  const live = liveSession(view.session)
  return (
    <div className={styles.pane}>
      <ProfileHeader view={view} />
      <StateNote view={view} />
      {live !== undefined && <Lifetimes view={view} live={live} />}
      <Tabs.Root value={tab} onValueChange={setTab} className={styles.root}>
        <Tabs.List className={styles.tabs} aria-label={view.profile.name}>
          {tabs.map(({ value, label }) => (
            <Tabs.Trigger key={value} value={value} className={styles.tab}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Panel value="overview">
          {live === undefined ? (
            <SignedOutOverview view={view}>
              <NoSession view={view} what="Tokens, claims and AWS credentials come with a session." />
            </SignedOutOverview>
          ) : (
            <OverviewPanel view={view} live={live} />
          )}
        </Panel>
        <Panel value="claims">
          {live === undefined ? (
            <NoSession view={view} what="Its tokens show here after signing in." />
          ) : (
            <ClaimsPanel key={id} view={view} live={live} />
          )}
        </Panel>
        <Panel value="credentials">
          {live === undefined ? (
            <NoSession view={view} what="Temporary AWS credentials come from a signed-in session." />
          ) : (
            <CredentialsPanel key={id} view={view} live={live} />
          )}
        </Panel>
        <Panel value="activity">
          <ActivityPanel key={id} profileId={id} />
        </Panel>
        <Panel value="settings">
          <SettingsPanel view={view} />
        </Panel>
      </Tabs.Root>
    </div>
  )
}
