// Owns what was typed into one sign-in dialog, so that starting over begins with it. Kept in memory and no longer than the dialog
// is open; what is good only once (codes, answers) is not kept at all.
import type { Stage } from './flow.ts'

export interface Drafts {
  readonly keep: (stage: Stage, input: EventTarget) => void
  /** Puts back what was typed at this stage before. */
  readonly restore: (stage: Stage, container: Element) => void
  readonly forget: () => void
}

const goodOnce: ReadonlySet<string> = new Set(['code', 'answer'])

const isText = (input: EventTarget): input is HTMLInputElement =>
  input instanceof HTMLInputElement && !['radio', 'checkbox'].includes(input.type)

/** One user's new password is not another one's. */
const placeOf = (stage: Stage): string =>
  stage.kind === 'challenge' ? `${stage.challenge.kind} ${stage.challenge.username}` : stage.kind

export const createDrafts = (): Drafts => {
  const places = new Map<string, Map<string, string>>()
  return {
    keep(stage, input) {
      if (!isText(input) || input.name === '' || goodOnce.has(input.name)) return
      const place = placeOf(stage)
      const typed = places.get(place) ?? new Map<string, string>()
      places.set(place, typed.set(input.name, input.value))
    },
    restore(stage, container) {
      const typed = places.get(placeOf(stage))
      for (const input of container.querySelectorAll('input')) {
        const text = isText(input) ? typed?.get(input.name) : undefined
        if (text !== undefined) input.value = text
      }
    },
    forget: () => places.clear(),
  }
}
