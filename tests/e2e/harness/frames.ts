// Measures the renderer with 1,000 profiles on sample data: the processor time of every task of the page's main thread while
// scrolling, holding an arrow key, clicking through profiles and typing into the search. A frame needs at least its longest
// task. Processor time, not wall time: other work on the machine does not count. `node tests/e2e/harness/frames.ts`
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { launchBrowser } from '../../browser.ts'
import { bridgeScript, buildRenderer, serve } from './look.ts'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of processor time. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

interface Figures {
  readonly tasks: number
  readonly p99: number
  readonly worst: number
  readonly over50: number
}

/** Milliseconds of processor time per main-thread task while `act` runs. */
const watch = async (browser: Browser, page: Page, act: () => Promise<void>): Promise<Figures> => {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await act()
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  const mains = new Set(
    trace.traceEvents
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map((event) => `${event.pid} ${event.tid}`),
  )
  const times = trace.traceEvents
    .filter((event) => event.ph === 'X' && event.tdur !== undefined && mains.has(`${event.pid} ${event.tid}`))
    .map((event) => (event.tdur ?? 0) / 1_000)
    .toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round((times[Math.floor((times.length - 1) * share)] ?? 0) * 10) / 10
  return {
    tasks: times.length,
    p99: at(0.99),
    worst: at(1),
    over50: times.filter((time) => time > 50).length,
  }
}

const acts: Record<string, (page: Page) => Promise<void>> = {
  'scroll by wheel': async (page) => {
    await page.getByRole('listbox').hover()
    for (let i = 0; i < 120; i += 1) await page.mouse.wheel(0, 240)
  },
  'hold arrow down': async (page) => {
    await page.getByRole('listbox').focus()
    for (let i = 0; i < 150; i += 1) await page.keyboard.press('ArrowDown')
  },
  'end and home': async (page) => {
    await page.getByRole('listbox').focus()
    for (let i = 0; i < 10; i += 1) {
      await page.keyboard.press('End')
      await page.keyboard.press('Home')
    }
  },
  'click through profiles': async (page) => {
    for (let i = 0; i < 8; i += 1) await page.getByRole('option').nth(i).click()
  },
  'search as typed': async (page) => {
    await page.getByRole('searchbox', { name: 'Search profiles' }).focus()
    await page.keyboard.type('tenant-01')
  },
}

const folder = mkdtempSync(join(tmpdir(), 'sesame-frames-'))
await buildRenderer(folder)
const { origin, close } = await serve(folder)
const browser = await launchBrowser()
const page = await browser.newPage({ viewport: { width: 1180, height: 760 } })
await page.addInitScript(await bridgeScript())
await page.goto(`${origin}/?scenario=many`)
await page.getByRole('option').first().waitFor()
for (const tab of ['Overview', 'Claims']) {
  await page.getByRole('tab', { name: tab }).click()
  for (const [name, act] of Object.entries(acts)) {
    console.log(tab, name, JSON.stringify(await watch(browser, page, () => act(page))))
    await page.getByRole('searchbox', { name: 'Search profiles' }).fill('')
  }
}
await browser.close()
close()
