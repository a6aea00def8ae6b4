// Owns where the person's configuration folder is, as Electron's `userData` has it, for who runs without Electron. Loads nothing.

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The person's home folder. */
  readonly home: string
}

const under = (platform: NodeJS.Platform, ...parts: readonly string[]): string =>
  parts.join(platform === 'win32' ? '\\' : '/')

/** Electron's `appData` and the product's name (Electron, `app.getPath`). */
export const defaultConfigDir = ({ platform, env, home }: Surroundings): string => {
  if (platform === 'darwin') return under(platform, home, 'Library', 'Application Support', 'Sesame')
  if (platform === 'win32') {
    return under(platform, env['APPDATA'] ?? under(platform, home, 'AppData', 'Roaming'), 'Sesame')
  }
  return under(platform, env['XDG_CONFIG_HOME'] || under(platform, home, '.config'), 'Sesame')
}
