// Owns what is said at the top of a profile when its session is not simply fine: what, why, until when, what next.
import type { ProfileView, UnsavedView } from '../../../preload/views.ts'
import { times } from '../../format/time.ts'
import { unreachable } from '../../format/unreachable.ts'
import { openDialog, refreshSession, retryVault, useApp, useNow } from '../../state/index.ts'
import { Button, FailureMessage, Note, Spinner } from '../../ui/index.ts'

/** Until when what is there keeps working: no network is no reason to stop. */
const OfflineNote = ({ view }: { view: ProfileView }) => {
  const now = useNow(1_000)
  if (view.session.status !== 'offline') return null
  const { failure, retryAt, lifetimes } = view.session
  const { expiresAt } = lifetimes.tokens
  const valid =
    expiresAt > now
      ? `The tokens stay valid until ${times.time(expiresAt, now)}.`
      : `The tokens expired at ${times.time(expiresAt, now)}.`
  const next = retryAt === undefined ? '' : ` Next try at ${times.time(retryAt, now)}.`
  return (
    <FailureMessage
      role="note"
      tone="warn"
      failure={{ ...failure, remedy: `${valid}${next} ${failure.remedy}` }}
      actions={
        <Button size="small" onClick={() => void refreshSession(view.profile.id)}>
          Try now
        </Button>
      }
    />
  )
}

const UnsavedNote = ({ unsaved }: { unsaved: UnsavedView }) => {
  switch (unsaved) {
    case false:
      return null
    case 'on-disk':
      return (
        <Note title="This session waits for the keychain">
          It is in an encrypted file and survives quitting. Sesame moves it into the keychain as soon as that
          is open.
        </Note>
      )
    case 'in-memory':
      return (
        <Note tone="warn" title="This session is not saved">
          The keychain has not taken it yet; quitting Sesame now would lose it.
        </Note>
      )
    default:
      return unreachable(unsaved)
  }
}

export const StateNote = ({ view }: { view: ProfileView }) => {
  const { session, profile } = view
  const vault = useApp((state) => state.vault)
  switch (session.status) {
    case 'loading':
      return (
        <Note>
          <Spinner decorative /> Reading this session from the keychain…
        </Note>
      )
    case 'signed-out':
      return session.revocationPending ? (
        <Note tone="warn" title="The sign-out still has to reach Cognito">
          This machine has forgotten the session. Sesame revokes it at Cognito as soon as the network allows.
        </Note>
      ) : null
    case 'unavailable':
      // The note on the keychain above says it already, for all profiles.
      return vault.kind === 'locked' || vault.kind === 'absent' ? null : (
        <FailureMessage
          role="note"
          tone="warn"
          failure={session.failure}
          actions={
            <Button size="small" onClick={() => void retryVault()}>
              Retry
            </Button>
          }
        />
      )
    case 'offline':
      return <OfflineNote view={view} />
    case 'attention':
      return (
        <FailureMessage
          role="note"
          failure={session.failure}
          actions={
            <>
              <Button
                size="small"
                onClick={() => openDialog({ kind: 'edit-profile', profileId: profile.id })}
              >
                Edit profile
              </Button>
              <Button size="small" onClick={() => void refreshSession(profile.id)}>
                Try again
              </Button>
            </>
          }
        />
      )
    case 'ended':
      return <FailureMessage role="note" failure={session.failure} />
    case 'active':
    case 'refreshing':
      return <UnsavedNote unsaved={session.unsaved} />
    default:
      return unreachable(session)
  }
}
