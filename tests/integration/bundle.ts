// Owns turning programs that a test starts again and again into bundles, so that each start costs little.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

export interface Bundles<Name extends string> {
  /** The bundle's path. */
  readonly scripts: Readonly<Record<Name, string>>
  /** A folder that lives as long as the bundles, such as for Node's compile cache. */
  readonly folder: string
  remove(): Promise<void>
}

const project = resolve(import.meta.dirname, '../..')

/** Bundles programs by name, below out/, from where keytar is found. */
export const bundle = async <Name extends string>(
  programs: Readonly<Record<Name, string>>,
): Promise<Bundles<Name>> => {
  await mkdir(join(project, 'out'), { recursive: true })
  const folder = await mkdtemp(join(project, 'out/bundle-'))
  await build({
    entryPoints: programs,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['keytar'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  })
  const scripts = Object.fromEntries(Object.keys(programs).map((name) => [name, join(folder, `${name}.mjs`)]))
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets that these are the names
    scripts: scripts as Record<Name, string>,
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
