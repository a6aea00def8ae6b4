// Owns the command palette: one list of commands and profiles, found by typing, run by Enter. What is in it is find.ts's.
import { useMemo, useState } from 'react'
import { appStore, useApp, useProfile, useProfiles, useSelected } from '../../state/index.ts'
import { BareDialog } from '../../ui/index.ts'
import { type Command, formatCommands } from './commands.ts'
import { find } from './find.ts'
import { PaletteList } from './PaletteList.tsx'
import { runCommand } from './run.ts'
import { rank, wordsOf } from './search.ts'

/** The palette. It closes itself before what it runs begins, which may open a dialog of its own. */
export const CommandPalette = ({ onClose }: { onClose: () => void }) => {
  const [formatsOf, setFormatsOf] = useState<string | undefined>()
  const choose = (command: Command): void => {
    if (command.run.kind === 'choose-format') {
      setFormatsOf(command.run.profileId)
      return
    }
    onClose()
    void runCommand(command.run, (id) => appStore.get().byId.get(id))
  }
  return (
    <BareDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Command palette"
    >
      {formatsOf === undefined ? (
        <Everything onChoose={choose} />
      ) : (
        <Formats profileId={formatsOf} onChoose={choose} onBack={() => setFormatsOf(undefined)} />
      )}
    </BareDialog>
  )
}

const Everything = ({ onChoose }: { onChoose: (command: Command) => void }) => {
  const [query, setQuery] = useState('')
  const views = useProfiles()
  const chosen = useSelected()
  const theme = useApp((state) => state.appearance.theme)
  const sections = useMemo(() => find(query, views, chosen, theme), [query, views, chosen, theme])
  return (
    <PaletteList
      query={query}
      onQuery={setQuery}
      placeholder="Search or run a command"
      sections={sections}
      onChoose={onChoose}
    />
  )
}

const Formats = ({
  profileId,
  onChoose,
  onBack,
}: {
  profileId: string
  onChoose: (command: Command) => void
  onBack: () => void
}) => {
  const [query, setQuery] = useState('')
  const view = useProfile(profileId)
  const items = view ? rank(wordsOf(query), formatCommands(view)).map(({ item }) => item) : []
  return (
    <PaletteList
      query={query}
      onQuery={setQuery}
      placeholder={`Copy AWS credentials of ${view?.profile.name ?? 'this profile'} as…`}
      sections={items.length > 0 ? [{ items }] : []}
      onChoose={onChoose}
      onKeyDown={(event) => {
        if (event.key === 'Backspace' && query === '') onBack()
      }}
    />
  )
}
