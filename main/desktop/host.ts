// Owns the question what runs us: a real Electron or the development stand-in (tests/host), and on which system.
import type { AppView } from '../../preload/views.ts'

/** The stand-in marks its process with a global that Electron does not have. */
export const readHost = (): AppView['host'] => ('__standin' in globalThis ? 'stand-in' : 'electron')

/** The system as the window distinguishes it; other Unixes are treated like Linux. */
export const readPlatform = (): AppView['platform'] =>
  process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
