// Owns light and dark: the person's choice, kept in the settings, handed to Chromium through nativeTheme.
import { nativeTheme } from 'electron'
import type { AppView, Theme } from '../../preload/views.ts'
import type { SettingsFile } from './settings.ts'

export interface Appearance {
  readonly current: AppView['appearance']
  /** What the window shows before the page has painted: the page's own background. */
  readonly backgroundColor: string
  choose(theme: Theme): void
  /** Tells when the choice or the platform's own theme changed. */
  onChange(listener: (appearance: AppView['appearance']) => void): void
}

export const createAppearance = (settings: SettingsFile): Appearance => {
  nativeTheme.themeSource = settings.current.theme
  const listeners = new Set<(appearance: AppView['appearance']) => void>()
  const read = (): AppView['appearance'] => ({
    theme: settings.current.theme,
    dark: nativeTheme.shouldUseDarkColors,
  })
  let told = read()
  const tell = (): void => {
    const now = read()
    if (now.theme === told.theme && now.dark === told.dark) return
    told = now
    for (const listener of listeners) listener(now)
  }
  nativeTheme.on('updated', tell)
  return {
    get current() {
      return read()
    },
    get backgroundColor() {
      return nativeTheme.shouldUseDarkColors ? '#101318' : '#f6f7f9'
    },
    choose(theme) {
      settings.change({ theme })
      nativeTheme.themeSource = theme
      tell()
    },
    onChange(listener) {
      listeners.add(listener)
    },
  }
}
