// Owns the question before a profile is removed, and telling what ending its session came to.
import { useState } from 'react'
import type { Failure } from '../../../main/failure.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { request, showToast, useApp, useProfile } from '../../state/index.ts'
import { Button, Dialog, FailureMessage } from '../../ui/index.ts'
import { leftBehind, secretsFate, sessionFate } from './removal.ts'

export interface RemoveProfileDialogProps {
  profileId: string
  onClose: () => void
}

/** Removes a profile with its session and its secrets. */
export const RemoveProfileDialog = ({ profileId, onClose }: RemoveProfileDialogProps) => {
  const view = useProfile(profileId)
  return view === undefined ? null : <Remove key={profileId} view={view} onClose={onClose} />
}

const Remove = ({ view, onClose }: { view: ProfileView; onClose: () => void }) => {
  const { profile, session } = view
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | undefined>()
  const inMemory = useApp(({ vault }) => vault.kind === 'memory') || profile.storage === 'memory'

  const remove = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    const removed = await request('profiles.remove', profile.id)
    setBusy(false)
    if (!removed.ok) {
      setFailure(removed.failure)
      return
    }
    const left = leftBehind(removed.value)
    showToast({
      text: `Removed ${profile.name}`,
      ...(left !== undefined && { tone: 'warn', detail: left, stays: true }),
    })
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`Remove ${profile.name}?`}
      lead={<code>{profile.userPoolId}</code>}
      footer={
        <>
          <Button data-initial-focus="" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" busy={busy} onClick={() => void remove()}>
            Remove profile
          </Button>
        </>
      }
    >
      {failure && <FailureMessage failure={failure} />}
      <p>
        {sessionFate(session)} {secretsFate(profile.hasClientSecret, inMemory)} The user and the user pool
        stay as they are.
      </p>
    </Dialog>
  )
}
