// Owns the dialog that ends every session: says what it does and what it can't, shows each on its way, sums up.
import { useEffect, useRef, useState } from 'react'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { ProfileView, SignOutOutcome } from '../../../preload/views.ts'
import { times } from '../../format/time.ts'
import { signOutBrowser, useApp, useTicking } from '../../state/index.ts'
import { Badge, Button, Checkbox, Dialog, FailureMessage, Hidden, Note } from '../../ui/index.ts'
import { browserRemains, countPools, countSessions, failuresOf, inBrowsers, summarise } from './outcome.ts'
import styles from './SignOutEverywhere.module.css'
import { describeSurvival, isLive, survivalOf, survivalOfOutcomes } from './survival.ts'
import { type Phase, type SignOutEverywhere, useSignOutEverywhere } from './use-sign-out-everywhere.ts'

/** Signs every session out of all devices. */
export const SignOutEverywhereDialog = ({ onClose }: { onClose: () => void }) => {
  const everywhere = useSignOutEverywhere()
  const { phase, views, start } = everywhere
  // What a person has on the clipboard is theirs: it is cleared unasked only while it is ours.
  const holdsOurs = useApp(({ clipboard }) => clipboard.clearsAt !== undefined)
  const [clears, setClears] = useState(holdsOurs)
  const close = useRef<HTMLButtonElement>(null)
  const isOver = phase.kind === 'over'

  useEffect(() => {
    if (isOver) close.current?.focus()
  }, [isOver])

  const pools = countPools(views.map(({ profile }) => profile.userPoolId))
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={titleOf(phase)}
      lead={
        views.length === 0
          ? 'Nobody is signed in.'
          : `${countSessions(views.length)} in ${pools}${isOver ? '' : ', on this and every other device'}`
      }
      footer={
        <>
          <Button ref={close} data-initial-focus="" onClick={onClose}>
            {phase.kind === 'asking' && views.length > 0 ? 'Cancel' : 'Close'}
          </Button>
          {!isOver && views.length > 0 && (
            <Button variant="danger" busy={phase.kind === 'running'} onClick={() => void start(clears)}>
              Sign out {countSessions(views.length)}
            </Button>
          )}
        </>
      }
    >
      {phase.kind === 'asking' && phase.failure && <FailureMessage failure={phase.failure} />}
      <Sessions everywhere={everywhere} />
      {isOver && <Summary outcomes={phase.outcomes} views={views} />}
      {isOver && <InBrowsers profiles={inBrowsers(phase.outcomes, views)} />}
      <StillValid phase={phase} views={views} />
      {phase.kind === 'asking' && views.length > 0 && (
        <Checkbox
          label="Also clear the clipboard"
          checked={clears}
          onChange={(event) => setClears(event.currentTarget.checked)}
        />
      )}
      <Hidden>
        <output>{phase.kind === 'running' ? 'Signing out…' : ''}</output>
      </Hidden>
    </Dialog>
  )
}

const titleOf = (phase: Phase): string => {
  if (phase.kind !== 'over') return 'Sign out everywhere?'
  const reachedAll = phase.outcomes.every(({ reached }) => reached === 'everywhere')
  return reachedAll ? 'Signed out everywhere' : 'Signed out, but not everywhere'
}

/** More than these scroll. */
const rowsShown = 8

const Sessions = ({ everywhere: { views, markOf } }: { everywhere: SignOutEverywhere }) =>
  views.length > 0 && (
    // A list that scrolls has to be reachable without a mouse (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <ul className={styles.sessions} tabIndex={views.length > rowsShown ? 0 : undefined} aria-label="Sessions">
      {views.map(({ profile }) => {
        const mark = markOf(profile.id)
        return (
          <li key={profile.id}>
            <span className={styles.name}>{profile.name}</span>
            {mark && <Badge tone={mark.tone}>{mark.text}</Badge>}
          </li>
        )
      })}
    </ul>
  )

const StillValid = ({ phase, views }: { phase: Phase; views: readonly ProfileView[] }) => {
  const text = useTicking((now) => {
    const survival =
      phase.kind === 'over'
        ? survivalOfOutcomes(phase.outcomes, now)
        : survivalOf(
            views.filter(isLive).map(({ session }) => session),
            now,
          )
    return describeSurvival(survival, (at) => times.shortTime(at, now)) ?? ''
  })
  return text === '' ? null : (
    <Note tone="warn" title="Still valid for a while">
      {text}
    </Note>
  )
}

/** One button for each login page: the browser is signed in to the page, not to a profile. */
const InBrowsers = ({ profiles }: { profiles: readonly Profile[] }) =>
  profiles.length > 0 && (
    <Note tone="warn" title={browserRemains.title}>
      {browserRemains.text}
      <span className={styles.browsers}>
        {profiles.map(({ id, name }) => (
          <Button key={id} size="small" onClick={() => void signOutBrowser(id)}>
            {profiles.length === 1 ? browserRemains.verb : `${browserRemains.verb}: ${name}`}
          </Button>
        ))}
      </span>
    </Note>
  )

const Summary = ({
  outcomes,
  views,
}: {
  outcomes: readonly SignOutOutcome[]
  views: readonly ProfileView[]
}) => {
  // Profiles whose session had ended before are cleared as well; they are no news.
  const shown = outcomes.filter(({ profileId }) => views.some(({ profile }) => profile.id === profileId))
  const nameOf = (profileId: string) => views.find(({ profile }) => profile.id === profileId)?.profile.name
  return (
    <>
      <output className={styles.summary}>
        {summarise(shown).map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </output>
      {failuresOf(shown).map(({ failure, profileIds }) => (
        <Note key={failure.code} tone="bad" title={profileIds.map(nameOf).join(', ')}>
          {failure.message} {failure.remedy}
        </Note>
      ))}
    </>
  )
}
