// Owns the requests that bring profiles in from other files and hand them out: a preview first, then what was chosen of it.
import { randomUUID } from 'node:crypto'
import type { ImportPreview } from '../../../preload/views.ts'
import { type Failure, fail, ok, type Result } from '../../failure.ts'
import { checkSettings } from '../../profiles/check-settings.ts'
import { changedSettings, type PlannedProfile, planImport } from '../../profiles/import/plan.ts'
import type { ImportReading } from '../../profiles/import/read.ts'
import { formatSharedFile } from '../../profiles/import/shared-file.ts'
import { isSameName } from '../../profiles/profile-names.ts'
import { isSameClient } from '../../sessions/same-client.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerDeps } from './deps.ts'

type ImportRequest = 'profiles.previewImport' | 'profiles.import' | 'profiles.export'

type Shown = ImportPreview['profiles'][number]

const show = ({ action, ...planned }: PlannedProfile): Shown => ({
  ...planned,
  notes: [...planned.notes],
  action:
    action.kind === 'change'
      ? { kind: 'change', profileName: action.profile.name, changes: [...action.changes] }
      : action.kind === 'same'
        ? { kind: 'same', profileName: action.profile.name }
        : action.kind === 'incomplete'
          ? { kind: 'incomplete', missing: [...action.missing] }
          : action,
})

/** A person who chose a file reads which one it is about. */
const inFile = (failure: Failure, fileName: string | undefined): Failure =>
  fileName === undefined
    ? failure
    : { ...failure, detail: failure.detail === undefined ? fileName : `${fileName}: ${failure.detail}` }

/** What was found lies here between preview and import, so that what is imported is what was shown. One at a time. */
interface OpenImport {
  readonly id: string
  readonly reading: ImportReading
  readonly shown: string
}

export const importHandlers = ({ profiles, sessions, files }: HandlerDeps): Handlers<ImportRequest> => {
  let open: OpenImport | undefined

  const preview = async (text: string, fileName: string | undefined): Promise<Result<ImportPreview>> => {
    // The parser of JavaScript is only loaded for whoever imports something.
    const { readImport } = await import('../../profiles/import/read.ts')
    const reading = readImport(text)
    if (!reading.ok) return { ok: false, failure: inFile(reading.failure, fileName) }
    const shown = planImport(reading.value.candidates, profiles.list()).map(show)
    open = { id: randomUUID(), reading: reading.value, shown: JSON.stringify(shown) }
    const { format } = reading.value
    return ok({ importId: open.id, format, profiles: shown, ...(fileName !== undefined && { fileName }) })
  }

  return {
    'profiles.previewImport': async (source) => {
      if (source.kind === 'text') return preview(source.text, undefined)
      const chosen = await files.open()
      if (!chosen.ok) return chosen
      return chosen.value === undefined ? ok(undefined) : preview(chosen.value.text, chosen.value.name)
    },

    'profiles.import': async (importId, chosen) => {
      if (open?.id !== importId) return fail('import.gone')
      const planned = planImport(open.reading.candidates, profiles.list())
      if (JSON.stringify(planned.map(show)) !== open.shown) return fail('import.gone')

      const wanted = chosen.flatMap(({ index, name }) => {
        const profile = planned[index]
        return profile === undefined ? [] : [{ index, profile, name: name?.trim() || profile.name }]
      })
      const taken = profiles.list().map((profile) => profile.name)
      for (const { index, profile, name } of wanted) {
        if (profile.action.kind !== 'add') continue
        if (taken.some((other) => isSameName(other, name)))
          return fail('input.invalid', { field: String(index), message: 'Another profile has this name.' })
        taken.push(name)
      }

      let added = 0
      let changed = 0
      for (const { index, profile, name } of wanted) {
        const { action, settings } = profile
        if (action.kind === 'add') {
          const saved = await profiles.add({ ...settings, name })
          if (!saved.ok)
            return saved.failure.field === 'name'
              ? fail('input.invalid', { ...saved.failure, field: String(index) })
              : saved
          added += 1
        } else if (action.kind === 'change') {
          const { id } = action.profile
          const checked = checkSettings(changedSettings(action.profile, settings))
          if (!checked.ok) return checked
          // As when a person changes it: the session ends where it belongs, not where the file points.
          const isSame = isSameClient(action.profile, { ...checked.value, id })
          const left = isSame ? ok(undefined) : await sessions.leaveClient(id)
          if (!left.ok) return left
          const saved = await profiles.update(id, checked.value)
          if (!saved.ok) return saved
          changed += 1
        }
      }
      open = undefined
      return ok({ added, changed })
    },

    'profiles.export': async (ids) => {
      const wanted = profiles.list().filter(({ id }) => ids === undefined || ids.includes(id))
      const saved = await files.save('sesame-profiles.json', formatSharedFile(wanted))
      return saved.ok
        ? ok(saved.value === undefined ? undefined : { file: saved.value, count: wanted.length })
        : saved
    },
  }
}
