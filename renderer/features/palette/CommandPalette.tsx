// Owns the command palette: one list of commands and profiles, found by typing, run by Enter. What is in it is find.ts's.
import { Command as Cmdk } from 'cmdk'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { shortcut } from '../../format/shortcut.ts'
import { appStore, useApp, useProfile, useProfiles, useSelected, useTicking } from '../../state/index.ts'
import { BareDialog, Kbd, StatusDot } from '../../ui/index.ts'
import { listStatus } from '../profiles/status.ts'
import styles from './CommandPalette.module.css'
import { type Command, formatCommands } from './commands.ts'
import { find } from './find.ts'
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
    <List
      query={query}
      onQuery={setQuery}
      placeholder="Search or run a command"
      items={sections.flatMap(({ items }) => items)}
    >
      {sections.map(({ heading, items, more = 0 }) => (
        <Cmdk.Group key={heading ?? ''} className={styles.group} heading={heading}>
          {items.map((command) => (
            <Row key={command.id} command={command} onChoose={onChoose} />
          ))}
          {more > 0 && <div className={styles.more}>{more} more: type part of a name.</div>}
        </Cmdk.Group>
      ))}
    </List>
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
  const commands = view ? rank(wordsOf(query), formatCommands(view)).map(({ item }) => item) : []
  return (
    <List
      query={query}
      onQuery={setQuery}
      placeholder={`Copy AWS credentials of ${view?.profile.name ?? 'this profile'} as…`}
      items={commands}
      onKeyDown={(event) => {
        if (event.key === 'Backspace' && query === '') onBack()
      }}
    >
      {commands.length > 0 && (
        <Cmdk.Group>
          {commands.map((command) => (
            <Row key={command.id} command={command} onChoose={onChoose} />
          ))}
        </Cmdk.Group>
      )}
    </List>
  )
}

interface ListProps {
  query: string
  onQuery: (query: string) => void
  placeholder: string
  /** What is listed, in order. */
  items: readonly Command[]
  onKeyDown?: (event: KeyboardEvent) => void
  children: ReactNode
}

/** Each page starts in its input. */
const focus = (input: HTMLInputElement | null): void => input?.focus()

/** cmdk moves the choice and runs it; what is listed is decided before, because it would filter in the DOM. */
const List = ({ query, onQuery, placeholder, items, onKeyDown, children }: ListProps) => {
  const [chosenId, setChosenId] = useState('')
  // What was chosen may be gone: a session ended, a profile was removed.
  const chosen = items.find(({ id }) => id === chosenId) ?? items[0]
  return (
    <Cmdk
      shouldFilter={false}
      loop
      label={placeholder}
      className={styles.palette}
      value={chosen?.id ?? ''}
      onValueChange={setChosenId}
      onKeyDown={onKeyDown}
    >
      <Cmdk.Input
        ref={focus}
        className={styles.input}
        value={query}
        onValueChange={onQuery}
        placeholder={placeholder}
        spellCheck={false}
      />
      <Cmdk.List className={styles.list} label="Commands and profiles">
        {children}
      </Cmdk.List>
      {/* Beside the list: one whose only child is no option is broken for a screen reader. */}
      <output className={styles.none}>{items.length === 0 ? `Nothing matches “${query}”.` : ''}</output>
    </Cmdk>
  )
}

const Row = ({ command, onChoose }: { command: Command; onChoose: (command: Command) => void }) => {
  const platform = useApp((state) => state.platform)
  return (
    <Cmdk.Item className={styles.row} value={command.id} onSelect={() => onChoose(command)}>
      {command.view ? (
        <ProfileRow view={command.view} />
      ) : (
        <>
          <span className={styles.name}>{command.name}</span>
          {command.detail !== undefined && <small>{command.detail}</small>}
        </>
      )}
      {command.key !== undefined && <Kbd>{shortcut(platform, command.key)}</Kbd>}
    </Cmdk.Item>
  )
}

const ProfileRow = ({ view }: { view: NonNullable<Command['view']> }) => {
  const text = useTicking((now) => listStatus(view.session, now).text)
  const tone = useTicking((now) => listStatus(view.session, now).tone)
  return (
    <>
      <StatusDot tone={tone} />
      <span className={styles.name}>{view.profile.name}</span>
      <small>{text}</small>
    </>
  )
}
