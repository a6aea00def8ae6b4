/**
 * Builds the stand-in's `electron` folder into out/host and the demo app into out/host-demo.
 * `node tests/host/build.ts`, and Playwright's global set-up.
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

const here = import.meta.dirname
const project = resolve(here, '../..')
const source = join(here, 'src')

/** The folder for `ELECTRON_OVERRIDE_DIST_PATH`. */
export const hostFolder = join(project, 'out/host')
/** The demo app, with its main script as an ES module and as CommonJS. */
export const demoFolder = join(project, 'out/host-demo')

async function bundleWorld(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(source, 'worlds', file)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'chrome140',
  })
  const [output] = outputFiles
  if (output === undefined) throw new Error(`esbuild gave nothing for ${file}`)
  return JSON.stringify(output.text)
}

async function electronVersion(): Promise<string> {
  const manifest: { version: string } = JSON.parse(
    await readFile(join(project, 'node_modules/electron/package.json'), 'utf8'),
  )
  return JSON.stringify(manifest.version)
}

/**
 * Node that runs the stand-in: `$STANDIN_NODE`, else the project's own (it may be newer than the machine's), else the
 * machine's. `--inspect` is Node's own and must come before the script.
 */
const UNIX_LAUNCHER = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
node=\${STANDIN_NODE:-$here/../../node_modules/.bin/node}
[ -x "$node" ] || node=node
inspect=
for arg in "$@"; do case "$arg" in --inspect|--inspect=*) inspect=$arg ;; esac; done
STANDIN_EXECUTABLE="$here/electron" exec "$node" $inspect "$here/boot.cjs" "$@"
`

/** For a person on Windows; Playwright starts it through cmd.exe. Not tried on a Windows machine. */
const WINDOWS_LAUNCHER = `@echo off
setlocal
set STANDIN_EXECUTABLE=%~f0
if not defined STANDIN_NODE set STANDIN_NODE=node
set INSPECT=
for %%a in (%*) do if "%%~a"=="--inspect=0" set INSPECT=--inspect=0
"%STANDIN_NODE%" %INSPECT% "%~dp0boot.cjs" %*
`

async function buildHost(): Promise<void> {
  const [mainWorld, preloadWorld, version] = await Promise.all([
    bundleWorld('main-world.ts'),
    bundleWorld('preload-world.ts'),
    electronVersion(),
  ])
  const { outputFiles } = await build({
    entryPoints: [join(source, 'boot.ts')],
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    define: {
      STAND_IN_MAIN_WORLD: mainWorld,
      STAND_IN_PRELOAD_WORLD: preloadWorld,
      STAND_IN_ELECTRON_VERSION: version,
    },
  })
  const [boot] = outputFiles
  if (boot === undefined) throw new Error('esbuild gave nothing for boot.ts')
  await mkdir(hostFolder, { recursive: true })
  await replaceFile(join(hostFolder, 'boot.cjs'), boot.text)
  await replaceFile(join(hostFolder, 'electron'), UNIX_LAUNCHER, 0o755)
  await replaceFile(join(hostFolder, 'electron.cmd'), WINDOWS_LAUNCHER)
}

/** Whole or not at all: another suite may be starting an app on the host that is there. */
async function replaceFile(file: string, text: string, mode = 0o644): Promise<void> {
  await writeFile(`${file}.new`, text, { mode })
  await rename(`${file}.new`, file)
}

async function buildDemo(): Promise<void> {
  const demo = join(here, 'demo-app')
  await rm(demoFolder, { recursive: true, force: true })
  const main = {
    entryPoints: [join(demo, 'main/index.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
  } satisfies BuildOptions
  await Promise.all([
    build({ ...main, outfile: join(demoFolder, 'main/index.js'), format: 'esm', external: ['electron'] }),
    build({
      ...main,
      outfile: join(demoFolder, 'main/index.cjs'),
      format: 'cjs',
      external: ['electron'],
      define: { 'import.meta.dirname': '__dirname' },
    }),
    build({
      entryPoints: [join(demo, 'preload/index.ts')],
      outfile: join(demoFolder, 'preload/index.cjs'),
      bundle: true,
      format: 'cjs',
      platform: 'browser',
      target: 'chrome140',
      external: ['electron'],
    }),
    build({
      entryPoints: [join(demo, 'renderer/app.ts')],
      outdir: join(demoFolder, 'renderer'),
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'chrome140',
    }),
  ])
  for (const file of ['renderer/index.html', 'renderer/app.css', 'package.json']) {
    await cp(join(demo, file), join(demoFolder, file))
  }
}

export default async function buildAll(): Promise<void> {
  await Promise.all([buildHost(), buildDemo()])
}

if (import.meta.main) await buildAll()
