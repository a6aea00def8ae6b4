// Owns what stands above the profile because it concerns all of them: a locked keychain, a damaged file.
import { X } from 'lucide-react'
import type { Notice } from '../../../preload/views.ts'
import { dismissNotice, retryVault, useApp } from '../../state/index.ts'
import { Button, FailureMessage, IconButton, Note, type Tone } from '../../ui/index.ts'

const tones = { info: 'accent', warn: 'warn', bad: 'bad' } as const satisfies Record<Notice['tone'], Tone>

const VaultNote = () => {
  const vault = useApp((state) => state.vault)
  const retry = (
    <Button size="small" onClick={() => void retryVault()}>
      Retry
    </Button>
  )
  if (vault.kind === 'locked')
    return (
      <Note tone="bad" title="The keychain is locked" actions={retry}>
        Your sessions are safe in it and can't be read yet. Unlock the login keyring, then retry.
      </Note>
    )
  if (vault.kind === 'absent')
    return (
      <Note tone="warn" title="No keychain is running" actions={retry}>
        Sessions stay in memory and end when Sesame quits. Start a Secret Service such as gnome-keyring, then
        retry.
      </Note>
    )
  return null
}

export const Notices = () => {
  const notices = useApp((state) => state.notices)
  return (
    <>
      <VaultNote />
      {notices.map((notice) => (
        <FailureMessage
          key={notice.id}
          role="note"
          tone={tones[notice.tone]}
          failure={notice.failure}
          actions={
            <IconButton label="Dismiss" size="small" onClick={() => void dismissNotice(notice.id)}>
              <X size={14} />
            </IconButton>
          }
        />
      ))}
    </>
  )
}
