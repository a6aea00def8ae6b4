// Owns the figure of moving about in the list: the longest task of the page's main thread while 1,000 profiles are scrolled and
// switched. No frame waits longer than that. Processor time, so that what else the machine does is not in it.
import type { Page } from 'playwright/test'
import * as z from 'zod'
import { launchApp } from '../host/launch.ts'
import { inFolder, root, withProfiles } from './list-paint.ts'
import { type Figure, figure, median } from './measure.ts'

const profiles = 1_000
const rounds = 5
const allowedMs = 50

const traceEvent = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Processor time of the thread, in microseconds. */
  tdur: z.number().optional(),
  args: z.looseObject({ name: z.string().optional() }).optional(),
})
type TraceEvent = z.infer<typeof traceEvent>

/** The longest task of the page's main thread during `work`, in milliseconds of processor time. */
const longestTask = async (page: Page, work: () => Promise<void>): Promise<number> => {
  const chromium = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  chromium.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) {
      const read = traceEvent.safeParse(event)
      if (read.success) events.push(read.data)
    }
  })
  await chromium.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'] },
  })
  await work()
  const complete = new Promise<void>((done) => chromium.once('Tracing.tracingComplete', () => done()))
  await chromium.send('Tracing.end')
  await complete
  await chromium.detach()
  const threads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}.${tid}`),
  )
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && threads.has(`${pid}.${tid}`),
  )
  if (tasks.length === 0) throw new Error('The trace has no task of the page.')
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000
}

/** Down the list and up again by a third of its height at every frame, then from profile to profile, as held keys do. */
const moveAbout = (page: Page): Promise<void> =>
  page.getByRole('listbox', { name: 'Profiles' }).evaluate(async (list) => {
    const frame = () => new Promise<number>((next) => requestAnimationFrame(next))
    for (let step = 0; step < 120; step += 1) {
      list.scrollBy(0, (step < 60 ? 1 : -1) * (list.clientHeight / 3))
      await frame()
    }
    if (list instanceof HTMLElement) list.focus()
    for (let step = 0; step < 60; step += 1) {
      const key = step < 30 ? 'ArrowDown' : 'ArrowUp'
      list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await frame()
    }
  })

/** `list.frame-max`, the median of several rounds. */
export const benchListFrames = (): Promise<Figure[]> =>
  inFolder(async (folder) => {
    await using app = await launchApp({
      app: root,
      args: await withProfiles(folder, profiles),
      userDataDir: folder,
    })
    const { window } = app
    await window.locator('[role=option]').first().waitFor()
    const longest: number[] = []
    for (let round = 0; round < rounds; round += 1)
      longest.push(await longestTask(window, () => moveAbout(window)))
    return [figure('list.frame-max', median(longest), 'ms', 'the 50 ms allowed', allowedMs)]
  })
