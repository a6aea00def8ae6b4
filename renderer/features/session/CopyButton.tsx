// Owns the main action of a live session: copying AWS credentials, or a token where there is no identity pool.
import { ChevronDown } from 'lucide-react'
import type { CredentialFormat } from '../../../main/profiles/profile.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { formatLabels, formatOrder } from '../../format/credential-formats.ts'
import {
  copyCredentials,
  copyToken,
  type TokenCopy,
  tokenCopyLabels,
  updateProfile,
} from '../../state/index.ts'
import { Button, Menu, MenuChoice, MenuItem } from '../../ui/index.ts'
import styles from './ProfileHeader.module.css'

export const formatOptions = formatOrder.map((value) => ({ value, ...formatLabels[value] }))

/** Remembers a format as the profile's own. */
export const rememberFormat = (view: ProfileView, exportFormat: CredentialFormat): void => {
  if (exportFormat !== view.profile.exportFormat) void updateProfile(view, { exportFormat })
}

const tokenChoices: readonly TokenCopy[] = ['id', 'access', 'bearer']

const CopyTokenButton = ({ view }: { view: ProfileView }) => (
  <span className={styles.split}>
    <Button variant="primary" onClick={() => void copyToken(view.profile.id, 'access')}>
      Copy access token
    </Button>
    <Menu
      align="end"
      label="Copy a token"
      trigger={
        <Button variant="primary" aria-label="Choose what to copy">
          <ChevronDown size={14} />
        </Button>
      }
    >
      {tokenChoices.map((which) => (
        <MenuItem key={which} onSelect={() => void copyToken(view.profile.id, which)}>
          Copy {tokenCopyLabels[which]}
        </MenuItem>
      ))}
    </Menu>
  </span>
)

/** A split button; its right half chooses the format, which the profile remembers. */
export const CopyButton = ({ view }: { view: ProfileView }) => {
  const { identityPoolId, exportFormat } = view.profile
  if (identityPoolId === undefined) return <CopyTokenButton view={view} />
  const { label } = formatLabels[exportFormat]
  return (
    <span className={styles.split}>
      <Button variant="primary" onClick={() => void copyCredentials(view)}>
        Copy AWS credentials
      </Button>
      <Menu
        align="end"
        label="Format"
        trigger={
          <Button variant="primary" aria-label={`Format: ${label}`}>
            {label} <ChevronDown size={14} />
          </Button>
        }
      >
        <MenuChoice
          label="Copy as"
          value={exportFormat}
          options={formatOptions}
          onValueChange={(format) => rememberFormat(view, format)}
        />
      </Menu>
    </span>
  )
}
