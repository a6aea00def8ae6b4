// Owns the figure of the first list: from launch to painted rows, with 1, 100 and 1,000 profiles, on the stand-in host.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Profile, profileDefaults, profileSchema } from '../../main/profiles/profile.ts'
import { demoFolder } from '../host/build.ts'
import { launchApp } from '../host/launch.ts'
import { type Figure, figure, median } from './measure.ts'

export const root = resolve(import.meta.dirname, '../..')
const rounds = 5

const profileNumber = (number: number): Profile =>
  profileSchema.parse({
    ...profileDefaults,
    id: randomUUID(),
    name: `acme-${String(number).padStart(4, '0')} · ana`,
    environment: (['production', 'staging', 'development'] as const)[number % 3],
    userPoolId: `eu-west-1_Pool${number}`,
    clientId: 'bench0client0000000000000',
    username: 'ana@acme.example',
  })

/** Milliseconds from launching until `selector` has been painted. */
const timeToPaint = async (app: string, args: readonly string[], configDir: string, selector: string) => {
  const started = performance.now()
  const launched = await launchApp({ app, args, userDataDir: configDir })
  try {
    await launched.window.locator(selector).first().waitFor({ state: 'visible' })
    // A frame after the one that shows it: only then it has been painted.
    await launched.window.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    )
    return performance.now() - started
  } finally {
    await launched.close()
  }
}

export const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** Writes so many profiles into the folder; answers the arguments that make the app take them. */
export const withProfiles = async (folder: string, count: number): Promise<string[]> => {
  const profiles = Array.from({ length: count }, (_, index) => profileNumber(index + 1))
  await writeFile(join(folder, 'profiles.json'), JSON.stringify({ version: 1, profiles }))
  return [`--config-dir=${folder}`, '--memory-vault']
}

const paintList = (count: number): Promise<number> =>
  inFolder(async (folder) => timeToPaint(root, await withProfiles(folder, count), folder, '[role=option]'))

/** The smallest app there is on the same host: one window, one heading. */
const paintDemo = (): Promise<number> => inFolder((folder) => timeToPaint(demoFolder, [], folder, 'h1'))

/** `list.paint.N`, beside the host's own demo app, whose window shows one heading. */
export const benchListPaint = async (): Promise<Figure[]> => {
  const counts = [1, 100, 1_000] as const
  const ours = new Map<number, number[]>(counts.map((count) => [count, []]))
  const peer: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    peer.push(await paintDemo())
    for (const count of counts) ours.get(count)?.push(await paintList(count))
  }
  return counts.map((count) =>
    figure(
      `list.paint.${count}`,
      median(ours.get(count) ?? []),
      'ms',
      "the host's demo app, one heading",
      median(peer),
    ),
  )
}
