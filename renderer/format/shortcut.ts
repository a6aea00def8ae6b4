// Owns how keys are written on each platform.
import type { AppView } from '../../preload/views.ts'

/** The key combination with the platform's main modifier: "⌘K" on macOS, "Ctrl K" elsewhere. */
export const shortcut = (platform: AppView['platform'], key: string): string =>
  platform === 'darwin' ? `⌘${key}` : `Ctrl ${key}`

/** The key combination with Alt: "⌥↑" on macOS, "Alt ↑" elsewhere. */
export const altShortcut = (platform: AppView['platform'], key: string): string =>
  platform === 'darwin' ? `⌥${key}` : `Alt ${key}`

/** Whether an event carries the platform's main modifier and no other. */
export const hasMainModifier = (
  platform: AppView['platform'],
  event: Pick<KeyboardEvent, 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>,
): boolean => {
  const main = platform === 'darwin' ? event.metaKey : event.ctrlKey
  const other = platform === 'darwin' ? event.ctrlKey : event.metaKey
  return main && !other && !event.altKey && !event.shiftKey
}
