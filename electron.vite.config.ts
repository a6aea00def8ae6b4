import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { plainNames } from './build/plain-names.ts'
import { chunkNames } from './build/renderer-chunks.ts'

// electron-vite's defaults look under src/ and minify nothing: both are set here on purpose.
export default defineConfig({
  main: {
    build: {
      // The app; the keychain's own process, a script beside it; the `sesame` command, which runs without Electron.
      lib: {
        entry: {
          index: 'main/index.ts',
          'keychain-helper': 'main/vault/keychain-helper.ts',
          cli: 'main/cli.ts',
        },
      },
      outDir: 'out/main',
      minify: true,
      sourcemap: false,
      rollupOptions: {
        output: {
          codeSplitting: {
            groups: [
              {
                // What the app starts with and shares with what it loads later: one file beside its own.
                name: 'start',
                test: /(?:main[\\/](?:failure(?:-texts[\\/][a-z-]+)?|files|proxy|redact|logging[\\/](?:log|file-sink)|sessions[\\/]system-clock)|format-names|patterns)\.ts$/,
              },
              {
                // What the command's fast path takes, in one file: each further one costs it more than its answer.
                name: 'quick',
                test: /main[\\/](?:agent[\\/](?:address|ask-socket|config-dir|locate|own-folder)|cli[\\/](?:error-text|exit-codes|quick|where))\.ts$/,
              },
            ],
          },
        },
      },
    },
  },
  preload: {
    build: {
      lib: { entry: 'preload/index.ts' },
      outDir: 'out/preload',
      minify: true,
      // A sandboxed preload must be one CommonJS file.
      rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), plainNames()],
    resolve: {
      // The original writes a <style> element, which the content security policy refuses; see the stand-in.
      alias: {
        'react-remove-scroll': resolve(import.meta.dirname, 'renderer/ui/no-scroll-lock.tsx'),
        // The original brings a positioning library along; see the stand-in.
        '@radix-ui/react-popper': resolve(import.meta.dirname, 'renderer/ui/popper.tsx'),
      },
    },
    build: {
      outDir: 'out/renderer',
      minify: true,
      // Its one use is a fetch, which the content security policy refuses, and this Chromium needs none.
      modulePreload: { polyfill: false },
      // The content security policy allows no data: URLs for scripts, styles or fonts.
      assetsInlineLimit: 0,
      // Vite warns above 500 kB before compression; the budget is 150 kB after it, and the benchmark watches that.
      chunkSizeWarningLimit: 1_000,
      rollupOptions: {
        input: 'renderer/index.html',
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              {
                name: chunkNames(resolve(import.meta.dirname, 'renderer/index.html')),
                debugName: 'chunkNames',
              },
            ],
          },
        },
      },
    },
  },
})
