// Owns the palette's input and the list under it: which entry is chosen, and the keys and the pointer that move the choice.
// What is listed is decided before (find.ts). The focus never leaves the input (ARIA's combobox with a listbox).
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { shortcut } from '../../format/shortcut.ts'
import { useApp, useTicking } from '../../state/index.ts'
import { Kbd, StatusDot } from '../../ui/index.ts'
import { listStatus } from '../profiles/status.ts'
import type { Command } from './commands.ts'
import type { Section } from './find.ts'
import styles from './PaletteList.module.css'

export interface PaletteListProps {
  query: string
  onQuery: (query: string) => void
  /** Also what a screen reader calls the input. */
  placeholder: string
  /** What is listed, in order; none of them empty. */
  sections: readonly Section[]
  onChoose: (command: Command) => void
  onKeyDown?: (event: KeyboardEvent) => void
}

/** Each page starts in its input. */
const focus = (input: HTMLInputElement | null): void => input?.focus()

/** Where a key leads in a list of `count`, which goes round; none for a key that does not move. */
const moved = (key: string, at: number, count: number): number | undefined => {
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}

/** The input and its list. The first entry is chosen until another one is. */
export const PaletteList = ({
  query,
  onQuery,
  placeholder,
  sections,
  onChoose,
  onKeyDown,
}: PaletteListProps) => {
  const listId = useId()
  const [chosenId, setChosenId] = useState('')
  const items = sections.flatMap((section) => section.items)
  // What was chosen may be gone: a session ended, a profile was removed.
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === chosenId),
  )
  const chosen = items[at]
  const rowId = (command: Command): string => `${listId}-${items.indexOf(command)}`
  const activeId = chosen && rowId(chosen)
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const press = (event: KeyboardEvent): void => {
    onKeyDown?.(event)
    // Enter and the arrows belong to an input method while it composes.
    if (event.defaultPrevented || event.nativeEvent.isComposing || chosen === undefined) return
    const next = moved(event.key, at, items.length)
    if (next === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (next === undefined) onChoose(chosen)
    else setChosenId(items[next]?.id ?? '')
  }

  return (
    <div className={styles.palette}>
      <input
        ref={focus}
        className={styles.input}
        role="combobox"
        aria-label={placeholder}
        aria-autocomplete="list"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={activeId}
        value={query}
        onChange={({ target }) => {
          setChosenId('')
          onQuery(target.value)
        }}
        onKeyDown={press}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        autoCorrect="off"
      />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the browser's own lists take no keys from an input */}
      <div id={listId} className={styles.list} role="listbox" aria-label="Commands and profiles">
        {sections.map(({ heading, items: listed, more = 0 }) => (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of options, as ARIA has it in a listbox
          <div key={heading ?? ''} role="group" aria-label={heading}>
            {heading !== undefined && (
              <div className={styles.heading} aria-hidden="true">
                {heading}
              </div>
            )}
            {listed.map((command) => (
              // The keys are the input's, which names the chosen row as its active one.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- see above
              <div
                key={command.id}
                id={rowId(command)}
                className={styles.row}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- belongs to a listbox of ours
                role="option"
                aria-selected={command === chosen}
                // Moved, not entered: a list that scrolls under a resting pointer chooses nothing.
                onPointerMove={() => setChosenId(command.id)}
                onClick={() => onChoose(command)}
              >
                <Row command={command} />
              </div>
            ))}
            {more > 0 && <div className={styles.more}>{more} more: type part of a name.</div>}
          </div>
        ))}
      </div>
      {/* Beside the list: one whose only child is no option is broken for a screen reader. */}
      <output className={styles.none}>{items.length === 0 ? `Nothing matches “${query}”.` : ''}</output>
    </div>
  )
}

const Row = ({ command }: { command: Command }) => {
  const platform = useApp((state) => state.platform)
  return (
    <>
      {command.view ? (
        <ProfileRow view={command.view} />
      ) : (
        <>
          <span className={styles.name}>{command.name}</span>
          {command.detail !== undefined && <small>{command.detail}</small>}
        </>
      )}
      {command.key !== undefined && <Kbd>{shortcut(platform, command.key)}</Kbd>}
    </>
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
