// Owns what is built: the app and the stand-in host, each only when one of its sources is newer than its last build.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findNode, tool, toolEnvironment } from './install.mjs'
import { root, runQuietly, say, stop } from './say.mjs'

const newest = (path) => {
  const full = join(root, path)
  if (!existsSync(full)) return 0
  const stats = statSync(full)
  if (!stats.isDirectory()) return stats.mtimeMs
  const inside = readdirSync(full, { withFileTypes: true }).filter((entry) => entry.name !== 'node_modules')
  return inside.reduce((latest, entry) => Math.max(latest, newest(join(path, entry.name))), stats.mtimeMs)
}

const buildOnce = async ({ what, stamp, sources, args, env = {} }) => {
  const at = join(root, stamp)
  const last = existsSync(at) ? statSync(at).mtimeMs : 0
  if (sources.every((source) => newest(source) <= last)) return
  say(`building ${what}`)
  const started = Date.now()
  const result = await runQuietly(`building ${what}`, findNode(), args, {
    env: { ...toolEnvironment(), ...env },
  })
  if (!result.ok) {
    rmSync(at, { force: true })
    process.stderr.write(result.output)
    stop(`${what} could not be built.`, 'Correct what is named above.')
  }
  mkdirSync(dirname(at), { recursive: true })
  // Sources written while the build ran must count as newer than it.
  writeFileSync(at, '')
  utimesSync(at, new Date(started), new Date(started))
  say(`${what} built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

/** Builds main, preload and renderer into out/. */
export const buildApp = () =>
  buildOnce({
    what: 'the app',
    stamp: 'out/.built',
    sources: [
      'main',
      'preload',
      'renderer',
      'electron.vite.config.ts',
      'package-lock.json',
      'node_modules/.package-lock.json',
    ],
    args: [tool('electron-vite'), 'build', '--logLevel', 'warn'],
    // electron-vite only wants to know that there is a binary; it does not run it to build.
    env: { ELECTRON_EXEC_PATH: process.env.ELECTRON_EXEC_PATH ?? process.execPath },
  })

/** Builds the stand-in for Electron's executable into out/host/. */
export const buildHost = () =>
  buildOnce({
    what: 'the stand-in host',
    stamp: 'out/host/.built',
    sources: ['tests/host', 'node_modules/.package-lock.json'],
    args: [join(root, 'tests/host/build.ts')],
  })
