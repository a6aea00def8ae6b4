/** `nativeTheme`; windows follow it, and a test may set what the system prefers. */
import { EventEmitter } from 'node:events'
import { loud } from '../loud.ts'

type ThemeSource = Electron.NativeTheme['themeSource']
const SOURCES: readonly string[] = ['system', 'light', 'dark'] satisfies ThemeSource[]

let source: ThemeSource = 'system'
let isSystemDark = false
const listeners = new Set<() => void>()

export const prefersDark = (): boolean => source === 'dark' || (source === 'system' && isSystemDark)

/** Calls back at every change; the answer stops it. */
export function followTheme(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** For tests: the person switches the system between light and dark. */
export function setSystemDark(isDark: boolean): void {
  if (isSystemDark === isDark) return
  isSystemDark = isDark
  changed()
}

function changed(): void {
  for (const listener of listeners) listener()
  queueMicrotask(() => nativeTheme.emit('updated'))
}

class NativeTheme
  extends EventEmitter<{ updated: [] }>
  implements Partial<Omit<Electron.NativeTheme, keyof EventEmitter>>
{
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false
  readonly inForcedColorsMode = false
  readonly prefersReducedTransparency = false
  readonly shouldDifferentiateWithoutColor = false

  get shouldUseDarkColors(): boolean {
    return prefersDark()
  }

  get themeSource(): ThemeSource {
    return source
  }

  set themeSource(value: ThemeSource) {
    if (!SOURCES.includes(value)) throw new TypeError(`nativeTheme.themeSource cannot be ${value}`)
    if (source === value) return
    source = value
    changed()
  }
}

export const nativeTheme = loud('nativeTheme', new NativeTheme())
