// Owns the menu of a profile in the list.
import { ArrowDown, ArrowUp, Copy, CopyPlus, KeyRound, LogIn, Pencil, RefreshCw, Trash2 } from 'lucide-react'
import type { ProfileView } from '../../../preload/views.ts'
import { altShortcut, shortcut } from '../../format/shortcut.ts'
import {
  copyCredentials,
  copyToken,
  duplicateProfile,
  liveSession,
  openDialog,
  openSignIn,
  refreshSession,
  useApp,
  useProfiles,
} from '../../state/index.ts'
import { MenuItem, MenuSeparator } from '../../ui/index.ts'
import { moveBy } from './listing.ts'
import { canSignIn } from './status.ts'
import { moveOne } from './use-list-keys.ts'

export const ProfileMenu = ({ view }: { view: ProfileView }) => {
  const profiles = useProfiles()
  const platform = useApp((state) => state.platform)
  const { id, identityPoolId } = view.profile
  const live = liveSession(view.session) !== undefined
  return (
    <>
      {live ? (
        <MenuItem icon={<RefreshCw size={14} />} onSelect={() => void refreshSession(id)}>
          Refresh
        </MenuItem>
      ) : (
        <MenuItem
          icon={<LogIn size={14} />}
          disabled={!canSignIn(view.session)}
          onSelect={() => openSignIn(id)}
        >
          Sign in…
        </MenuItem>
      )}
      <MenuItem
        icon={<Copy size={14} />}
        shortcut={shortcut(platform, 'C')}
        disabled={!live || identityPoolId === undefined}
        onSelect={() => void copyCredentials(view)}
      >
        Copy AWS credentials
      </MenuItem>
      <MenuItem icon={<KeyRound size={14} />} disabled={!live} onSelect={() => void copyToken(id, 'access')}>
        Copy access token
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Pencil size={14} />}
        shortcut="F2"
        onSelect={() => openDialog({ kind: 'edit-profile', profileId: id })}
      >
        Edit…
      </MenuItem>
      <MenuItem icon={<CopyPlus size={14} />} onSelect={() => void duplicateProfile(id)}>
        Duplicate
      </MenuItem>
      <MenuItem
        icon={<ArrowUp size={14} />}
        shortcut={altShortcut(platform, '↑')}
        disabled={moveBy(profiles, id, 'up') === undefined}
        onSelect={() => moveOne(profiles, id, 'up')}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={14} />}
        shortcut={altShortcut(platform, '↓')}
        disabled={moveBy(profiles, id, 'down') === undefined}
        onSelect={() => moveOne(profiles, id, 'down')}
      >
        Move down
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 size={14} />}
        tone="bad"
        onSelect={() => openDialog({ kind: 'remove-profile', profileId: id })}
      >
        Remove…
      </MenuItem>
    </>
  )
}
