// Owns how a tour is told: numbered steps, each timed, each with a picture, and what is left in the folder.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Page } from 'playwright/test'

export interface TourStep {
  readonly step: string
  readonly ok: boolean
  readonly ms: number
  /** What it left in the folder. */
  readonly files: readonly string[]
}

/** What a step is seen in: the window, or a terminal beside it. */
export interface Scene {
  /** Leaves files whose paths begin with `base`; answers them. */
  keep(base: string): Promise<string[]>
}

export interface Tour {
  /**
   * Does one step and takes a picture after it, of the window unless it is seen elsewhere. A step that throws does not hold; the
   * ones after it are not tried.
   */
  step(name: string, work: () => Promise<void>, scene?: Scene): Promise<void>
  /** Writes tour.json. Answers whether every step held. */
  finish(): Promise<boolean>
}

const baseNameOf = (index: number, name: string): string =>
  `${String(index).padStart(2, '0')}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`

const sceneOf = (page: Page): Scene => ({
  async keep(base) {
    await page.screenshot({ path: `${base}.png`, animations: 'disabled' })
    return [`${base}.png`]
  },
})

/** Starts a tour that leaves its pictures in `folder`; what an earlier tour left there is removed. */
export const startTour = async (folder: string, page: Page, say: (line: string) => void): Promise<Tour> => {
  await mkdir(folder, { recursive: true })
  await rm(join(folder, 'tour.json'), { force: true })
  const window = sceneOf(page)
  const steps: TourStep[] = []
  let hasFailed = false
  return {
    async step(name, work, scene = window) {
      if (hasFailed) {
        steps.push({ step: name, ok: false, ms: 0, files: [] })
        return
      }
      const started = performance.now()
      let reason = ''
      try {
        await work()
      } catch (error) {
        hasFailed = true
        reason = error instanceof Error ? error.message : JSON.stringify(error)
      }
      const ms = Math.round(performance.now() - started)
      const files = await scene.keep(join(folder, baseNameOf(steps.length + 1, name)))
      steps.push({ step: name, ok: !hasFailed, ms, files: files.map((file) => basename(file)) })
      say(`${hasFailed ? 'FAILED' : 'ok    '} ${String(ms).padStart(6)} ms  ${name}`)
      if (reason !== '') say(reason)
    },
    async finish() {
      await writeFile(join(folder, 'tour.json'), `${JSON.stringify(steps, undefined, 2)}\n`)
      return !hasFailed
    },
  }
}
