// Owns the settings of the window itself: how light or dark it is.
import { Settings } from 'lucide-react'
import { setTheme, useApp } from '../../state/index.ts'
import { IconButton, Menu, MenuChoice, MenuLabel, MenuSeparator } from '../../ui/index.ts'

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export const SettingsMenu = () => {
  const theme = useApp((state) => state.appearance.theme)
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
      <MenuLabel>Sesame {version}</MenuLabel>
    </Menu>
  )
}
