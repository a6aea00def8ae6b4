// Owns the figures of what is shipped: how long the main bundle takes to load, how large the renderer is.
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { type Figure, figure, quartile } from './measure.ts'

const root = resolve(import.meta.dirname, '../..')

/** Loads a module in a Node of its own, electron replaced by an object that answers anything; milliseconds. */
const loadTime = (module: string): number => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'load-module.mjs'), module],
    { encoding: 'utf8', timeout: 20_000 },
  )
  if (status !== 0) throw new Error(`${module} could not be loaded: ${stderr}`)
  return Number(stdout)
}

const bundle = async (contents: string, outdir: string, name: string, platform: 'node' | 'browser') => {
  const outfile = join(outdir, name)
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    outfile,
    define: { 'process.env.NODE_ENV': '"production"' },
    banner:
      platform === 'node'
        ? { js: "import {createRequire as r} from 'module';const require=r(import.meta.url);" }
        : {},
    logLevel: 'error',
  })
  return outfile
}

const gzipBytes = async (files: readonly string[]): Promise<number> => {
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(file), { level: 9 }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** `main.load` beside the AWS SDK that it must not wait for, `renderer.gzip` beside React alone. */
export const benchBundles = async (): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-bench-'))
  try {
    const sdk = await bundle(
      "import * as idp from '@aws-sdk/client-cognito-identity-provider'; globalThis.idp = idp",
      folder,
      'sdk.mjs',
      'node',
    )
    const main = join(root, 'out/main/index.js')
    const ours: number[] = []
    const peers: number[] = []
    for (let round = 0; round < 31; round += 1) {
      ours.push(loadTime(main))
      peers.push(loadTime(sdk))
    }
    const assets = join(root, 'out/renderer/assets')
    const scripts = (await readdir(assets))
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(assets, name))
    const react = await bundle(
      "import * as react from 'react'; import * as dom from 'react-dom/client'; globalThis.all = [react, dom]",
      folder,
      'react.mjs',
      'browser',
    )
    return [
      figure('main.load', quartile(ours), 'ms', "the AWS SDK's user pool client, bundled", quartile(peers)),
      figure(
        'renderer.gzip',
        (await gzipBytes(scripts)) / 1000,
        'kB',
        'React alone',
        (await gzipBytes([react])) / 1000,
      ),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
