// Owns one line of the profile list.
import { memo } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { useTicking } from '../../state/index.ts'
import { Hidden, StatusDot } from '../../ui/index.ts'
import styles from './ProfileList.module.css'
import { listLine, listStatus, monogramOf, statusBadge } from './status.ts'

/** Live: renders again when its word changes, not with every tick. */
const When = ({ session }: { session: ProfileView['session'] }) => {
  const text = useTicking((now) => listStatus(session, now).text)
  const tone = useTicking((now) => listStatus(session, now).tone)
  // A number, a dash or dots say nothing by themselves to a screen reader.
  const isSign = session.status === 'signed-out' || session.status === 'loading'
  const spoken = isSign || (session.status === 'active' && tone === 'ok') ? statusBadge(session).text : ''
  return (
    <span className={styles.when} data-tone={tone}>
      <StatusDot tone={tone} />
      {spoken !== '' && <Hidden>{spoken}</Hidden>}
      <span>{text}</span>
    </span>
  )
}

export interface ProfileRowProps {
  view: ProfileView
  domId: string
  selected: boolean
  place: number
  of: number
}

/** An option of the list. Clicks are the list's affair: it finds the row by `data-profile-id`. */
export const ProfileRow = memo(({ view, domId, selected, place, of }: ProfileRowProps) => (
  <div
    id={domId}
    className={styles.row}
    // A real option sits in a select, which cannot be virtualised. Focus stays on the list (aria-activedescendant).
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- see above
    role="option"
    aria-selected={selected}
    aria-posinset={place}
    aria-setsize={of}
    data-profile-id={view.profile.id}
  >
    <span className={styles.monogram} aria-hidden="true">
      {monogramOf(view.profile.name)}
    </span>
    <span>
      <span className={styles.name}>{view.profile.name}</span>
      <span className={styles.line}>{listLine(view)}</span>
    </span>
    <When session={view.session} />
  </div>
))
ProfileRow.displayName = 'ProfileRow'
