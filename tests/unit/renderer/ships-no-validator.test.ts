import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

// `import { type X }` is enough to load a module under verbatimModuleSyntax, and with the contract comes zod: 60 kB gzip.
it('the renderer ships no validator and nothing made for the main process', async () => {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, '../../../renderer/main.tsx')],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: 'unused',
    write: false,
    metafile: true,
    jsx: 'automatic',
    logLevel: 'silent',
    loader: { '.woff2': 'empty' },
  })
  const inputs = Object.keys(metafile.inputs)
  const unwanted =
    /node_modules\/(zod|electron|keytar|@aws-sdk|jose)\/|main\/(failure|profiles\/profile)\.ts$/
  expect(inputs.length).toBeGreaterThan(100)
  expect(inputs.filter((path) => unwanted.test(path))).toEqual([])
}, 30_000)
