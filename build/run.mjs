// The set-up behind every npm script: installs when needed, builds when sources are newer, then runs.
// Plain Node without dependencies, since it runs before there are any; Node 20 is enough for it.
import { join } from 'node:path'
import { buildApp, buildHost } from './steps/compile.mjs'
import { hasDisplay, provideElectron } from './steps/electron.mjs'
import { findNode, installPackages, toolEnvironment } from './steps/install.mjs'
import { chromiumPart, provideParts } from './steps/parts.mjs'
import { root, runVisibly, say, stop } from './steps/say.mjs'
import { check, runSuites } from './steps/suites.mjs'

const script = (path, args, env = {}) =>
  runVisibly(findNode(), [join(root, path), ...args], { env: { ...toolEnvironment(), ...env } })

const provideChromium = async () => {
  const missing = await provideParts(chromiumPart)
  if (missing.length > 0)
    stop('Without Electron, Chromium is needed.', 'Install it as said above, then try again.')
}

/** What runs the app: the environment that names Electron, or the stand-in in a Chromium that is there. */
const provideWindow = async ({ visible }) => {
  await buildApp()
  const electron = visible ? await provideElectron() : undefined
  if (electron) return { electron, env: { SESAME_ELECTRON: electron } }
  await provideChromium()
  await buildHost()
  const host = join(root, 'out/host/electron')
  return { electron: host, env: { SESAME_ELECTRON: host, ...(visible ? { STANDIN_VISIBLE: '1' } : {}) } }
}

const commands = {
  /** Opens the app on the person's own profiles. */
  async start(args) {
    await installPackages()
    if (!hasDisplay())
      stop(
        'There is no display to open a window on.',
        'Try npm run demo, which then takes a tour without one.',
      )
    const { electron, env } = await provideWindow({ visible: true })
    return runVisibly(electron, [root, ...args], { env: { ...toolEnvironment(), ...env } })
  },

  /** Opens the app on a local Cognito server; `--tour DIR` does the main job by itself. */
  async demo(args) {
    await installPackages()
    const isTour = args.includes('--tour')
    const visible = !isTour && hasDisplay()
    if (!isTour && !visible) say('there is no display: taking the tour instead, pictures in out/tour')
    const { env } = await provideWindow({ visible })
    return script('tests/demo/demo.ts', isTour || visible ? args : ['--tour', 'out/tour', ...args], env)
  },

  /** Every suite; names of files below tests/ narrow it down. */
  async test(args) {
    const missing = await provideParts()
    await installPackages()
    await buildApp()
    await buildHost()
    return (await runSuites(args, missing)) ? 0 : 1
  },

  /** Types, lint, format. */
  async check() {
    await installPackages()
    return (await check()) === 0 ? 0 : 1
  },

  /** The figures, each beside a peer measured in the same run. */
  async bench(args) {
    await installPackages()
    await provideChromium()
    await buildApp()
    await buildHost()
    return script('tests/bench/bench.ts', args)
  },

  /** The long crash and race tests: 5,000 kills and more. */
  async soak(args) {
    await provideParts()
    await installPackages()
    return script('tests/soak/soak.ts', args)
  },

  /** The `sesame` command of this clone. */
  async sesame(args) {
    await installPackages()
    await buildApp()
    return script('out/main/cli.js', args)
  },

  /** A Cognito of our own, for any client. */
  async cognito(args) {
    await installPackages()
    return script('tests/cognito-server/cli.ts', args)
  },
}

const [name = 'start', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command === undefined)
  stop(`There is no command "${name}".`, `Choose one of: ${Object.keys(commands).join(', ')}.`)
process.exitCode = await command(args)
