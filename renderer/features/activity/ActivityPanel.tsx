// Owns the Activity tab: what happened to this session and when, day by day, newest first, some of it or all (P13).
import { useEffect, useState } from 'react'
import type { ActivityEvent } from '../../../preload/views.ts'
import { times } from '../../format/time.ts'
import { request, useAnswer, useNow } from '../../state/index.ts'
import { Button, FailureMessage, Note, Segmented, StatusDot } from '../../ui/index.ts'
import { Pending } from '../values/Pending.tsx'
import styles from './ActivityPanel.module.css'
import { type ActivityFilter, activityFilters, byDay, filterActivity } from './filter.ts'
import { activityWords, mergeActivity, tookText } from './words.ts'

const Entry = ({ event, now }: { event: ActivityEvent; now: number }) => {
  const { text, tone } = activityWords[event.kind]
  return (
    <li>
      <time className={styles.when} dateTime={new Date(event.at).toISOString()} title={times.full(event.at)}>
        {times.time(event.at, now)}
      </time>
      <StatusDot tone={tone} />
      <span>
        {text}
        {event.detail !== undefined && <span className={styles.detail}> · {event.detail}</span>}
        {event.failure !== undefined && (
          <span className={styles.small}>
            {event.failure.message} {event.failure.detail}
          </span>
        )}
        {event.requestId !== undefined && (
          <span className={styles.small}>
            Request id <code>{event.requestId}</code>
          </span>
        )}
      </span>
      <span className={styles.took}>{event.durationMs !== undefined && tookText(event.durationMs)}</span>
    </li>
  )
}

/** Mount it anew for another profile (`key`): what was pushed for one is no matter of the next. */
export const ActivityPanel = ({ profileId }: { profileId: string }) => {
  const now = useNow(60_000)
  const [asked, askAgain] = useAnswer(() => request('session.activity', profileId), profileId)
  const [pushed, setPushed] = useState<readonly ActivityEvent[]>([])
  const [filter, setFilter] = useState<ActivityFilter>('all')
  useEffect(
    () =>
      window.sesame.on('activity.added', (event) => {
        if (event.profileId === profileId) setPushed((known) => [...known, event])
      }),
    [profileId],
  )

  if (asked.kind === 'loading') return <Pending label="Reading the activity" />
  if (asked.kind === 'failed')
    return (
      <FailureMessage
        role="note"
        failure={asked.failure}
        actions={<Button onClick={askAgain}>Try again</Button>}
      />
    )
  const events = mergeActivity(asked.value, pushed)
  if (events.length === 0)
    return <Note title="Nothing yet">Sign-ins, refreshes, copies and sign-outs are listed here.</Note>
  const shown = filterActivity(events, filter)
  const dayOf = (at: number): string => times.date(at, now)
  return (
    <>
      <div className={styles.filter}>
        <Segmented aria-label="Show" value={filter} options={activityFilters} onValueChange={setFilter} />
      </div>
      {shown.length === 0 && <Note title="Nothing of this kind">Choose All to see everything.</Note>}
      {byDay(shown, dayOf).map(({ at, events }) => (
        <section key={at}>
          <h3 className={styles.day}>{dayOf(at)}</h3>
          <ol className={styles.events} aria-label={`Activity, newest first: ${dayOf(at)}`}>
            {events.map((event) => (
              <Entry key={event.id} event={event} now={now} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}
