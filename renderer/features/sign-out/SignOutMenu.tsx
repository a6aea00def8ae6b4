// Owns the "Sign out" menu of a profile: two reaches, each with what it does and what it can't.
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { ProfileView, SignOutScope } from '../../../preload/views.ts'
import { times } from '../../format/time.ts'
import { useTicking } from '../../state/index.ts'
import { Button, Menu, MenuItem } from '../../ui/index.ts'
import { signOut } from './sign-out.ts'
import { isLive } from './survival.ts'

/** @param profile a profile somebody is signed in to */
export const SignOutMenu = ({ profile: view }: { profile: ProfileView }) => {
  const [busy, setBusy] = useState(false)
  const tokensUntil = isLive(view) ? view.session.lifetimes.tokens.expiresAt : 0
  const survives = useTicking((now) =>
    tokensUntil > now ? ` Tokens already handed out work until ${times.shortTime(tokensUntil, now)}.` : '',
  )
  const leave = async (scope: SignOutScope): Promise<void> => {
    setBusy(true)
    await signOut(view, scope)
    setBusy(false)
  }
  return (
    <Menu
      align="end"
      trigger={
        <Button busy={busy}>
          Sign out
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem
        detail={`Revokes this session at Cognito; other devices stay signed in.${survives}`}
        onSelect={() => void leave('device')}
      >
        Sign out of this device
      </MenuItem>
      <MenuItem
        detail={`Ends every session of this user, wherever it is.${survives}`}
        onSelect={() => void leave('global')}
      >
        Sign out of all devices
      </MenuItem>
    </Menu>
  )
}
