/** The rules for `webPreferences`: the stand-in runs a page only as an app should, and refuses anything laxer. */
import { isAbsolute } from 'node:path'

type Preferences = Readonly<Electron.WebPreferences>

/** What each refused setting would mean, by its name. */
const REFUSED: readonly {
  readonly isSet: (preferences: Preferences) => boolean
  readonly setting: string
}[] = [
  { setting: 'nodeIntegration: true', isSet: (preferences) => preferences.nodeIntegration === true },
  {
    setting: 'nodeIntegrationInWorker: true',
    isSet: (preferences) => preferences.nodeIntegrationInWorker === true,
  },
  {
    setting: 'nodeIntegrationInSubFrames: true',
    isSet: (preferences) => preferences.nodeIntegrationInSubFrames === true,
  },
  { setting: 'sandbox: false', isSet: (preferences) => preferences.sandbox === false },
  { setting: 'contextIsolation: false', isSet: (preferences) => preferences.contextIsolation === false },
  { setting: 'webSecurity: false', isSet: (preferences) => preferences.webSecurity === false },
  {
    setting: 'allowRunningInsecureContent: true',
    isSet: (preferences) => preferences.allowRunningInsecureContent === true,
  },
  {
    setting: 'experimentalFeatures: true',
    isSet: (preferences) => preferences.experimentalFeatures === true,
  },
  { setting: 'enableBlinkFeatures', isSet: (preferences) => (preferences.enableBlinkFeatures ?? '') !== '' },
  { setting: 'webviewTag: true', isSet: (preferences) => preferences.webviewTag === true },
]

/** @throws Error that names the first setting that is not acceptable */
export function refuseInsecure(preferences: Preferences): void {
  const refused = REFUSED.find(({ isSet }) => isSet(preferences))
  if (refused) throw new Error(`stand-in: webPreferences { ${refused.setting} } is refused`)
  const { preload } = preferences
  if (preload !== undefined && !isAbsolute(preload)) throw new Error('preload must be an absolute path')
}
