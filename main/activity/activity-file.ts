// Owns the activity on disk: one line of JSON per event, in a file that is rotated and bounded, without secrets. Read when somebody
// looks, never at the start. Knows no sessions.
import { join } from 'node:path'
import * as z from 'zod'
import { type ActivityEvent, activityEventSchema } from '../../preload/views.ts'
import { readTextFile } from '../files.ts'
import { createFileSink } from '../logging/file-sink.ts'
import { redactText } from '../logging/redact.ts'
import type { ActivityArchive } from '../sessions/ports.ts'

export interface ActivityFileOptions {
  /** `activity.log` and its predecessor lie in it. */
  readonly folder: string
  /** Of each of the two files. About 5,000 events. */
  readonly maxBytes?: number
  /** How many events of one profile are read, the newest. */
  readonly keep?: number
}

/** Where a profile was removed: what is before this line is not shown again. */
const forgottenSchema = z.object({ forgotten: z.string() })

const clean = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : redactText(text)

/** Texts that came from elsewhere may hold anything; our own words and names pass unchanged. */
const withoutSecrets = (event: ActivityEvent): ActivityEvent => ({
  ...event,
  detail: clean(event.detail),
  requestId: clean(event.requestId),
  failure:
    event.failure === undefined ? undefined : { ...event.failure, detail: clean(event.failure.detail) },
})

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    // Cut off by a crash or a full disk.
    return undefined
  }
}

export const createActivityFile = (options: ActivityFileOptions): ActivityArchive => {
  const { folder, maxBytes = 1_500_000, keep = 1_000 } = options
  const sink = createFileSink({ folder, name: 'activity', maxBytes, keep: 1 })

  /** Oldest first. */
  const lines = async (): Promise<string[]> => {
    const files = await Promise.all(
      [join(folder, 'activity.1.log'), sink.file].map((path) => readTextFile(path)),
    )
    return files.flatMap((file) => (file.kind === 'found' ? file.text.split('\n') : []))
  }

  return {
    append(event) {
      sink.write(JSON.stringify(withoutSecrets(event)))
    },
    async of(profileId) {
      await sink.flush()
      let events: ActivityEvent[] = []
      for (const line of await lines()) {
        if (!line.includes(profileId)) continue
        const json = parse(line)
        if (forgottenSchema.safeParse(json).data?.forgotten === profileId) events = []
        const event = activityEventSchema.safeParse(json)
        if (event.success && event.data.profileId === profileId) events.push(event.data)
      }
      return events.slice(-keep).toReversed()
    },
    forget(profileId) {
      sink.write(JSON.stringify({ forgotten: profileId } satisfies z.infer<typeof forgottenSchema>))
    },
    settled: () => sink.flush(),
  }
}
