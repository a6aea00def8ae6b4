/**
 * Entry of the `electron` executable: the app's main in this process, its windows in a Chromium of its own.
 * `node boot.cjs [-r file] [switches] <app directory or script> [arguments of the app]`
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { browserIsGone, exit, markReady, quit } from './app/lifecycle.ts'
import { identity, life, switches } from './app/state.ts'
import { Browser } from './chromium/browser.ts'
import { findChromium } from './chromium/find.ts'
import { chromiumFlags } from './chromium/flags.ts'
import { createProfile } from './chromium/profile.ts'
import { readCommandLine } from './command-line.ts'
import { electron } from './electron.ts'
import { readManifest } from './manifest.ts'
import { installModuleHooks } from './module-hooks.ts'
import { installHandle, mark } from './stand-in-handle.ts'
import { isVisible } from './visible.ts'
import { intercept } from './web/interception.ts'
import { mayNavigate, watchTargets } from './window/watch-targets.ts'

/** The version whose types this was compiled against; put here by build.ts. */
declare const STAND_IN_ELECTRON_VERSION: string

function dressProcess(args: readonly string[]): void {
  Object.defineProperty(process.versions, 'electron', { value: STAND_IN_ELECTRON_VERSION, enumerable: true })
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(__dirname, 'resources') })
  process.argv = [process.env['STANDIN_EXECUTABLE'] ?? process.execPath, ...args]
  process.on('uncaughtException', (error) => {
    console.error('A JavaScript error occurred in the main process\n', error)
    process.exit(1)
  })
  let isAsked = false
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // An app may refuse to quit; a person who insists has the last word.
      if (isAsked) exit(1)
      else quit()
      isAsked = true
    })
  }
}

async function runMain(main: string, preloads: readonly string[]): Promise<void> {
  const require = createRequire(main)
  // Playwright's loader, which wants to be there before the app.
  for (const preload of preloads) require(preload)
  if (main.endsWith('.cjs')) require(main)
  else await import(pathToFileURL(main).href)
}

async function startChromium(executable: string): Promise<void> {
  const profile = createProfile()
  const flags = chromiumFlags({ isVisible, isRoot: process.getuid?.() === 0, profile, switches })
  const browser = new Browser({ executable, flags, profile, onExit: browserIsGone })
  life.closeBrowser = () => browser.close()
  const { product } = await browser.root.send('Browser.getVersion')
  const chrome = product.replace(/^.*\//, '')
  Object.defineProperty(process.versions, 'chrome', { value: chrome, enumerable: true })
  await intercept(browser, mayNavigate)
  await watchTargets(browser)
}

async function boot(): Promise<void> {
  const args = process.argv.slice(2)
  const commandLine = readCommandLine(args)
  for (const [name, value] of commandLine.switches) switches.set(name, value)
  dressProcess(args)
  installModuleHooks(electron)
  installHandle()
  const chromium = findChromium(isVisible)
  if (chromium.kind === 'missing') {
    console.error(`stand-in: ${chromium.message}`)
    process.exit(1)
  }
  const { main, ...manifest } = readManifest(commandLine.target)
  Object.assign(identity, manifest)
  mark('booted')
  await runMain(main, commandLine.preloads)
  mark('mainLoaded')
  // A second instance quits while its main loads.
  if (life.isExiting) return
  await startChromium(chromium.path)
  mark('chromiumReady')
  if (!life.isExiting) markReady()
}

boot().catch((error: unknown) => {
  if (life.isExiting) return
  console.error('App threw an error during load\n', error)
  exit(1)
})
