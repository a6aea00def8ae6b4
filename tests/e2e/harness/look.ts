// Takes pictures of the real renderer bundle on sample data, without main: `node tests/e2e/harness/look.ts OUT [name…]`.
// Serves it under the product's content security policy and reports every violation, console error and axe finding.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { build as bundle } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import config from '../../../electron.vite.config.ts'
import { launchBrowser } from '../../browser.ts'
import { stepNames } from '../../unit/renderer/sample-steps.ts'

const root = resolve(import.meta.dirname, '../../..')
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Friday 20 November 2026, 14:53:50: the mockup's time. */
export const pictureTime = new Date(2026, 10, 20, 14, 53, 50)

/** Builds the renderer as the product does, into `outDir`. */
export const buildRenderer = async (outDir: string): Promise<void> => {
  const renderer = 'renderer' in config ? config.renderer : undefined
  await build({
    ...renderer,
    configFile: false,
    root: join(root, 'renderer'),
    base: './',
    logLevel: 'warn',
    build: {
      ...renderer?.build,
      target: 'chrome140',
      outDir,
      emptyOutDir: true,
      rollupOptions: { input: join(root, 'renderer/index.html') },
    },
  })
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** Serves a folder under the product's policy, on any port of this machine. */
export const serve = async (folder: string): Promise<{ origin: string; close: () => void }> => {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const file = join(folder, path === '/' ? 'index.html' : path)
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}

/** The page's stand-in for main, as one script. */
export const bridgeScript = async (): Promise<string> => {
  const { outputFiles } = await bundle({
    entryPoints: [join(import.meta.dirname, 'bridge.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    loader: { '.ts': 'ts' },
  })
  return outputFiles[0]?.text ?? ''
}

const openTab = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('tab', { name }).click()
}

const choose = async (page: Page, name: RegExp): Promise<void> => {
  await page.getByRole('option', { name }).click()
}

/** To the step that the bridge answers with. */
const signIn = async (page: Page): Promise<void> => {
  await choose(page, /kiosk/)
  await page.locator('header').getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Username, e-mail or phone').fill('ana')
  await page.getByLabel('Password', { exact: true }).fill('pw')
  await page.keyboard.press('Enter')
  await page.getByText('This step stays open').waitFor()
}

/** What to do in the page before the picture is taken. The first part of the name is the scenario. */
const pictures: Record<string, (page: Page) => Promise<void>> = {
  'mockup-claims': async (page) => {
    await choose(page, /· ana/)
    await openTab(page, 'Claims')
  },
  'mockup-claims-narrow': async (page) => {
    await choose(page, /· ana/)
    await openTab(page, 'Claims')
  },
  'mockup-overview': (page) => choose(page, /· ana/),
  'mockup-json': async (page) => {
    await choose(page, /· ana/)
    await openTab(page, 'Claims')
    await page.getByText('JSON', { exact: true }).click()
  },
  'mockup-credentials': async (page) => {
    await choose(page, /· ana/)
    await openTab(page, 'Credentials')
    await page.getByRole('button', { name: 'Test credentials' }).click()
  },
  'mockup-activity': async (page) => {
    await choose(page, /· ana/)
    await openTab(page, 'Activity')
  },
  'mockup-settings': async (page) => {
    await choose(page, /· ana/)
    await openTab(page, 'Settings')
  },
  'mockup-ended': (page) => choose(page, /northwind/),
  'mockup-offline': (page) => choose(page, /auditor/),
  'mockup-signedout': (page) => choose(page, /kiosk/),
  'mockup-refreshing': (page) => choose(page, /local demo/),
  'mockup-menu': async (page) => {
    await choose(page, /· ana/)
    await page.getByRole('button', { name: 'Format: bash' }).click()
  },
  'mockup-context': async (page) => {
    await page.getByRole('option', { name: /· ana/ }).click({ button: 'right' })
  },
  'mockup-copied': async (page) => {
    await choose(page, /· ana/)
    await page.getByRole('button', { name: 'Copy AWS credentials' }).click()
  },
  'mockup-search': async (page) => {
    await page.keyboard.press('/')
    await page.keyboard.type('acme')
  },
  'mockup-signin': async (page) => {
    await choose(page, /northwind/)
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('dialog').waitFor()
  },
  'mockup-add': async (page) => {
    await page.getByRole('button', { name: 'Add profile' }).click()
    await page.getByRole('dialog').waitFor()
  },
  'mockup-addmenu': async (page) => {
    await page.getByRole('button', { name: 'Other ways to add' }).click()
    await page.getByRole('menu').waitFor()
  },
  'mockup-everywhere': async (page) => {
    await page.getByRole('button', { name: 'Sign out everywhere…' }).click()
    await page.getByRole('dialog').waitFor()
  },
  'mockup-palette': async (page) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
  },
  'mockup-remove': async (page) => {
    await page.getByRole('listbox').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('dialog').waitFor()
  },
  'mockup-signout': async (page) => {
    await choose(page, /· ana/)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  },
  'mockup-tooltip': async (page) => {
    await choose(page, /· ana/)
    await page.getByRole('button', { name: /Copy user id/ }).hover()
    await page.clock.runFor(1_000)
  },
  ...Object.fromEntries(stepNames.map((name) => [`step-${name}`, signIn])),
  'mockup-form': async (page) => {
    await page.getByRole('button', { name: 'Add profile' }).click()
    await page.getByText('Browser', { exact: true }).click()
  },
  'mockup-import': async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('menuitem', { name: 'Import profiles…' }).click()
    await page.getByLabel('Text').fill('{}')
    await page.getByRole('button', { name: 'Show what is in it' }).click()
    await page.getByRole('table').waitFor()
  },
  empty: async () => {},
  many: async () => {},
  locked: async () => {},
  absent: async () => {},
  attention: (page) => choose(page, /· ana/),
  damaged: async () => {},
}

const take = async (
  browser: Browser,
  { origin, script, out }: { origin: string; script: string; out: string },
  name: string,
  theme: 'light' | 'dark',
): Promise<string[]> => {
  const findings: string[] = []
  const context = await browser.newContext({
    viewport: name.endsWith('-narrow') ? { width: 880, height: 620 } : { width: 1180, height: 760 },
    // Nothing is caught half-way through a transition.
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') findings.push(message.text())
  })
  page.on('pageerror', (error) => findings.push(String(error)))
  await page.clock.install({ time: pictureTime })
  await page.addInitScript(script)
  await page.goto(`${origin}/?scenario=${name.split('-')[0]}&theme=${theme}&picture=${name}`)
  await page.getByRole('navigation').waitFor()
  await page.evaluate(() => document.fonts.ready)
  await pictures[name]?.(page)
  await page.clock.runFor(400)
  await page.screenshot({ path: join(out, `${name}-${theme}.png`) })
  const { violations } = await new AxeBuilder({ page }).analyze()
  for (const { id, impact, nodes } of violations)
    findings.push(`axe ${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
  await context.close()
  return findings
}

const main = async (): Promise<void> => {
  const [out = '/tmp/look', ...names] = process.argv.slice(2)
  mkdirSync(out, { recursive: true })
  await buildRenderer(join(out, 'renderer'))
  const { origin, close } = await serve(join(out, 'renderer'))
  const script = await bridgeScript()
  const browser = await launchBrowser()
  for (const name of names.length > 0 ? names : Object.keys(pictures))
    for (const theme of ['light', 'dark'] as const)
      for (const finding of await take(browser, { origin, script, out }, name, theme))
        console.log(`${name} ${theme}: ${finding}`)
  await browser.close()
  close()
}

if (process.argv[1] === import.meta.filename) await main()
