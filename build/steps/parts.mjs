// Owns the parts of the machine that npm cannot bring: which there are, what Debian calls them, how to get them.
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findAwsCli, findPythonWithBoto3 } from './programs.mjs'
import { runQuietly, say } from './say.mjs'

const onPath = (...names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) =>
      names.some((name) => existsSync(join(folder, name)) || existsSync(join(folder, `${name}.exe`))),
    )

const libraryExists = (name) =>
  [
    '/usr/lib',
    '/usr/lib64',
    '/usr/local/lib',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
  ].some((folder) => existsSync(join(folder, name)))

const chromium = () =>
  Boolean(process.env.CHROMIUM_PATH && existsSync(process.env.CHROMIUM_PATH)) ||
  onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome') ||
  existsSync('/Applications/Google Chrome.app') ||
  existsSync('/Applications/Chromium.app') ||
  existsSync('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe')

const release = () => (existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '')

/** Only Debian has it under this name, and the stand-in takes the whole Chromium where it is not there. */
const headlessShell = () =>
  existsSync('/usr/lib/chromium/chromium-headless-shell') || !/^ID=debian$/m.test(release()) || !canInstall()

/** Each part: Debian's package, what needs it, and whether it is there. */
export const parts = [
  { package: 'chromium', for: 'the stand-in host and every end-to-end test', isThere: chromium },
  {
    package: 'chromium-headless-shell',
    for: 'end-to-end tests in half the time',
    isThere: headlessShell,
  },
  { package: 'gnome-keyring', for: 'the keychain tests', isThere: () => onPath('gnome-keyring-daemon') },
  { package: 'dbus', for: 'the keychain tests', isThere: () => onPath('dbus-run-session') },
  { package: 'dbus-x11', for: 'the keychain tests', isThere: () => onPath('dbus-launch') },
  { package: 'libsecret-1-0', for: 'keytar on Linux', isThere: () => libraryExists('libsecret-1.so.0') },
  {
    package: 'libsecret-tools',
    for: 'reading back what the keychain stored',
    isThere: () => onPath('secret-tool'),
  },
  {
    package: 'awscli',
    for: 'the tests with the real AWS CLI',
    isThere: () => findAwsCli() !== undefined,
  },
  {
    package: 'python3-boto3',
    for: 'the tests with boto3',
    isThere: () => findPythonWithBoto3() !== undefined,
  },
  { package: 'openssl', for: 'the tests with a private certificate', isThere: () => onPath('openssl') },
  { package: 'fish', for: 'the fish format', isThere: () => onPath('fish') },
  { package: 'zsh', for: 'the zsh format', isThere: () => onPath('zsh') },
]

const canInstall = () =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/etc/debian_version') &&
  onPath('apt-get')

/**
 * Installs what is missing as root on Debian; elsewhere names it and how to get it.
 * @returns {Promise<typeof parts>} what is still missing
 */
export const provideParts = async (wanted = parts) => {
  const missing = wanted.filter((part) => !part.isThere())
  if (missing.length === 0) return []
  const names = missing.map((part) => part.package)
  if (!canInstall()) {
    for (const part of missing) say(`missing: ${part.package} (for ${part.for})`)
    say(howToInstall(names))
    return missing
  }
  say(`installing from Debian: ${names.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runQuietly('reading package lists', 'apt-get', ['update', '-q'], { env })
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names]
  const result = await runQuietly('installing from Debian', 'apt-get', args, { env })
  if (!result.ok) process.stderr.write(result.output)
  return missing.filter((part) => !part.isThere())
}

const howToInstall = (names) => {
  if (process.platform === 'darwin')
    return 'install with: brew install --cask chromium; brew install awscli; pip3 install boto3'
  if (process.platform === 'win32')
    return 'install Google Chrome, the AWS CLI and Python with boto3 from their own sites'
  return /debian|ubuntu/i.test(release())
    ? `install with: sudo apt-get install ${names.join(' ')}`
    : `install what your distribution calls: ${names.join(' ')}`
}

/** The one part that showing a window without Electron needs. */
export const chromiumPart = parts.filter((part) => part.package === 'chromium')
