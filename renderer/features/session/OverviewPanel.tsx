// Owns the Overview tab: who is signed in, where, what can be copied, what happens next.
import { Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { shorten } from '../../format/shorten.ts'
import { times } from '../../format/time.ts'
import { copyToken, type LiveSession, type TokenCopy, tokenCopyLabels, useNow } from '../../state/index.ts'
import { Badge, Button, Chips } from '../../ui/index.ts'
import { placeOf } from '../profiles/status.ts'
import { CopyValue } from '../values/CopyValue.tsx'
import { Fact, Facts, Section } from '../values/Facts.tsx'
import { Relative } from '../values/Relative.tsx'
import { RoleChips } from '../values/RoleChips.tsx'
import { upcoming } from './lifetimes.ts'
import styles from './OverviewPanel.module.css'

const None = ({ children }: { children: string }) => <span className={styles.none}>{children}</span>

const WhoSection = ({ live }: { live: LiveSession }) => (
  <Section title="Who">
    <Facts>
      <Fact
        name="Username"
        note={live.loginId === live.username ? undefined : `signed in as ${live.loginId}`}
      >
        {live.username}
      </Fact>
      <Fact name="User id" note="Unique and permanent: the sub claim">
        <CopyValue value={live.userId} short={shorten(live.userId)} what="user id" />
      </Fact>
      <Fact name="Groups">
        {live.groups.length > 0 ? <Chips values={live.groups} /> : <None>in no group</None>}
      </Fact>
      <Fact name="Roles">
        {live.roles.length > 0 ? <RoleChips arns={live.roles} /> : <None>none in the token</None>}
      </Fact>
      <Fact name="Signed in" note={<Relative at={live.signedInAt} />}>
        {times.full(live.signedInAt)}
      </Fact>
    </Facts>
  </Section>
)

const PoolSection = ({ view }: { view: ProfileView }) => {
  const { profile, region } = view
  return (
    <Section title="Where">
      <Facts>
        <Fact name="User pool" note={placeOf(view) === 'local' ? profile.endpoints.userPool : region}>
          <CopyValue value={profile.userPoolId} what="user pool id" />
        </Fact>
        <Fact name="App client">
          <CopyValue value={profile.clientId} short={shorten(profile.clientId)} what="app client id" />{' '}
          {profile.hasClientSecret && <Badge>with secret</Badge>}
        </Fact>
        <Fact name="Identity pool">
          {profile.identityPoolId === undefined ? (
            <None>none, so no AWS credentials</None>
          ) : (
            <CopyValue
              value={profile.identityPoolId}
              short={shorten(profile.identityPoolId, 14, 4)}
              what="identity pool id"
            />
          )}
        </Fact>
      </Facts>
    </Section>
  )
}

const tokenCopies: readonly TokenCopy[] = ['id', 'access', 'bearer']

const NextSection = ({ live }: { live: LiveSession }) => {
  const now = useNow(1_000)
  return (
    <Section title="What happens next">
      <ol className={styles.next}>
        {upcoming(live, now).map((event) => (
          <li key={event.text}>
            <time dateTime={new Date(event.at).toISOString()}>
              {event.at - now > 24 * 3_600_000 ? times.date(event.at, now) : times.time(event.at, now)}
            </time>
            <span>
              {event.text}
              <small>
                <Relative at={event.at} />
              </small>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** The same without a session: where it would be. */
export const SignedOutOverview = ({ view, children }: { view: ProfileView; children: ReactNode }) => (
  <div className={styles.columns}>
    <PoolSection view={view} />
    <Section title="Session">{children}</Section>
  </div>
)

export const OverviewPanel = ({ view, live }: { view: ProfileView; live: LiveSession }) => (
  <div className={styles.columns}>
    <div className={styles.stack}>
      <WhoSection live={live} />
      <PoolSection view={view} />
    </div>
    <div className={styles.stack}>
      <Section title="Quick actions">
        <div className={styles.actions}>
          {tokenCopies.map((which) => (
            <Button
              key={which}
              icon={<Copy size={13} />}
              onClick={() => void copyToken(view.profile.id, which)}
            >
              Copy {tokenCopyLabels[which]}
            </Button>
          ))}
        </div>
      </Section>
      <NextSection live={live} />
    </div>
  </div>
)
