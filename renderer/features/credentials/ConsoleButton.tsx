// Owns the way to the AWS console: opened in the browser, or its link copied. Main makes the link, and the window never sees it.
import { ChevronDown, ExternalLink, Link2 } from 'lucide-react'
import { useState } from 'react'
import { copyConsoleLink, openConsole } from '../../state/index.ts'
import { Button, Menu, MenuItem } from '../../ui/index.ts'
import styles from '../session/ProfileHeader.module.css'

export const ConsoleButton = ({ profileId }: { profileId: string }) => {
  const [isOpening, setIsOpening] = useState(false)
  const open = async () => {
    setIsOpening(true)
    await openConsole(profileId)
    setIsOpening(false)
  }
  return (
    <span className={styles.split}>
      <Button icon={<ExternalLink size={14} />} busy={isOpening} onClick={() => void open()}>
        Open AWS console
      </Button>
      <Menu
        align="end"
        label="AWS console"
        trigger={
          <Button aria-label="More about the AWS console">
            <ChevronDown size={14} />
          </Button>
        }
      >
        <MenuItem icon={<Link2 size={14} />} onSelect={() => void copyConsoleLink(profileId)}>
          Copy console link
        </MenuItem>
      </Menu>
    </span>
  )
}
