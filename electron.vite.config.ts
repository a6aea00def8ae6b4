import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// electron-vite's defaults look under src/ and minify nothing: both are set here on purpose.
export default defineConfig({
  main: {
    build: {
      lib: { entry: 'main/index.ts' },
      outDir: 'out/main',
      minify: true,
      sourcemap: false,
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
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // The content security policy allows no data: URLs for scripts, styles or fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
})
