// Owns the settings of the window itself: how light or dark it is, and what it tells ahead of time.
import { Settings } from 'lucide-react'
import {
  copyDiagnostics,
  exportProfiles,
  openDialog,
  setEndWarnings,
  setTheme,
  useApp,
} from '../../state/index.ts'
import { IconButton, Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../../ui/index.ts'

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

const warnings = [
  { value: 'all', label: '3 days, 1 day and 1 hour before' },
  { value: 'last-day', label: '1 day and 1 hour before' },
  { value: 'last-hour', label: '1 hour before' },
  { value: 'never', label: 'Never' },
] as const

export const SettingsMenu = () => {
  const theme = useApp((state) => state.appearance.theme)
  const endWarnings = useApp((state) => state.endWarnings)
  const hasProfiles = useApp((state) => state.profiles.length > 0)
  const version = useApp((state) => state.version)
  return (
    <Menu
      align="end"
      label="Settings"
      trigger={
        <IconButton label="Settings" plain>
          <Settings size={15} />
        </IconButton>
      }
    >
      <MenuChoice
        label="Appearance"
        value={theme}
        options={themes}
        onValueChange={(chosen) => void setTheme(chosen)}
      />
      <MenuSeparator />
      <MenuChoice
        label="Tell that a sign-in ends"
        value={endWarnings}
        options={warnings}
        onValueChange={(chosen) => void setEndWarnings(chosen)}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => openDialog({ kind: 'import-profiles' })}>Import profiles…</MenuItem>
      <MenuItem onSelect={() => void exportProfiles()} disabled={!hasProfiles}>
        Export profiles…
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => void copyDiagnostics()}>Copy diagnostics</MenuItem>
      <MenuLabel>Sesame {version}</MenuLabel>
    </Menu>
  )
}
