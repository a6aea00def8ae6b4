// Owns the application menu, as a template. On macOS the Edit roles are what makes copy and paste work at all.
import type { MenuItemConstructorOptions } from 'electron'
import type { AppCommand } from '../../preload/views.ts'

export interface AppMenuOptions {
  readonly platform: NodeJS.Platform
  /** Developer items (reload, developer tools) are for unpackaged builds. */
  readonly packaged: boolean
  readonly command: (command: AppCommand) => void
  readonly showLogs: () => void
}

/** The menu for a platform. Everything in it can also be reached in the window. */
export const appMenuTemplate = (options: AppMenuOptions): MenuItemConstructorOptions[] => {
  const mac = options.platform === 'darwin'
  const separator = { type: 'separator' } as const
  const addProfile: MenuItemConstructorOptions = {
    id: 'add-profile',
    label: 'Add Profile…',
    accelerator: 'CmdOrCtrl+N',
    click: () => options.command({ kind: 'add-profile' }),
  }
  const palette: MenuItemConstructorOptions = {
    id: 'open-palette',
    label: 'Search or Run a Command…',
    accelerator: 'CmdOrCtrl+K',
    registerAccelerator: false, // the page handles the key itself
    click: () => options.command({ kind: 'open-palette' }),
  }
  const signOutEverywhere: MenuItemConstructorOptions = {
    id: 'sign-out-everywhere',
    label: 'Sign Out Everywhere…',
    click: () => options.command({ kind: 'sign-out-everywhere' }),
  }
  const developer: MenuItemConstructorOptions[] = options.packaged
    ? []
    : [{ role: 'reload' }, { role: 'toggleDevTools' }, separator]
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        addProfile,
        palette,
        separator,
        signOutEverywhere,
        separator,
        mac ? { role: 'close' } : { id: 'quit', role: 'quit', label: 'Quit Sesame' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...developer,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ id: 'show-logs', label: 'Show Log Files', click: options.showLogs }] },
  ]
}
