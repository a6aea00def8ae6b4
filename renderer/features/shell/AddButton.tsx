// Owns the ways to a new profile at the top of the sidebar: the form by one click, the others in the menu beside it.
import { ChevronDown, Plus } from 'lucide-react'
import { importFromFile, openDialog } from '../../state/index.ts'
import { Button, IconButton, Menu, MenuItem } from '../../ui/index.ts'
import styles from './Sidebar.module.css'

const addProfile = (): void => openDialog({ kind: 'add-profile' })

export const AddButton = () => (
  <div className={styles.add}>
    <Button variant="ghost" icon={<Plus size={14} />} aria-label="Add profile" onClick={addProfile}>
      Add
    </Button>
    <Menu
      align="end"
      label="Ways to add profiles"
      trigger={
        <IconButton label="Other ways to add" plain>
          <ChevronDown size={14} />
        </IconButton>
      }
    >
      <MenuItem onSelect={addProfile}>Add profile…</MenuItem>
      <MenuItem
        detail="amplify_outputs.json, aws-exports.js, CDK outputs, or profiles exported by Sesame"
        onSelect={() => void importFromFile()}
      >
        Import from a file…
      </MenuItem>
      <MenuItem
        detail="The text of such a file, or the address of a user pool"
        onSelect={() => openDialog({ kind: 'import-profiles' })}
      >
        Paste configuration…
      </MenuItem>
    </Menu>
  </div>
)
