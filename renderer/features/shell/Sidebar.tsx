// Owns the sidebar: brand, search, the list, what concerns every session.
import { Search } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useId, useMemo, useRef, useState } from 'react'
import { shortcut } from '../../format/shortcut.ts'
import { appStore, liveSession, openDialog, selectProfile, useApp, useProfiles } from '../../state/index.ts'
import { Button, Hidden, Kbd, LinkButton } from '../../ui/index.ts'
import { arrange, flatten } from '../profiles/listing.ts'
import { ProfileList } from '../profiles/ProfileList.tsx'
import { AddButton } from './AddButton.tsx'
import { SettingsMenu } from './SettingsMenu.tsx'
import styles from './Sidebar.module.css'

const NoMatch = ({ query }: { query: string }) => (
  <div className={styles.empty}>
    No profile matches “{query}”.
    <LinkButton onClick={() => openDialog({ kind: 'palette' })}>Search commands</LinkButton>
  </div>
)

export const Sidebar = ({ searchRef }: { searchRef: RefObject<HTMLInputElement | null> }) => {
  const [query, setQuery] = useState('')
  const listRef = useRef<HTMLDivElement>(null)
  const listId = useId()
  const profiles = useProfiles()
  const platform = useApp((state) => state.platform)
  const anyLive = profiles.some((view) => liveSession(view.session) !== undefined)
  const groups = useMemo(() => arrange(profiles, query), [profiles, query])
  const found = useMemo(() => flatten(groups), [groups])

  const onSearchKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const first = found[0]
    if (event.key === 'Escape') {
      if (query === '') listRef.current?.focus()
      setQuery('')
    } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && first !== undefined) {
      // Enter takes the best match; the arrow goes on in the list from where the selection is, if it is still shown.
      const { selectedId } = appStore.get()
      const stays = event.key === 'ArrowDown' && found.some((view) => view.profile.id === selectedId)
      if (!stays) selectProfile(first.profile.id)
      listRef.current?.focus()
    } else return
    event.preventDefault()
  }

  return (
    <nav className={styles.sidebar} aria-label="Profiles">
      <div className={styles.head}>
        <div className={styles.brand}>
          <span>Sesame</span>
          <AddButton />
        </div>
        <div className={styles.search}>
          <Search size={14} aria-hidden="true" />
          <input
            ref={searchRef}
            type="search"
            aria-label="Search profiles"
            aria-controls={listId}
            aria-keyshortcuts="/"
            placeholder="Search or run a command"
            spellCheck={false}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onSearchKey}
          />
          <button
            type="button"
            className={styles.hint}
            aria-label="Run a command"
            onClick={() => openDialog({ kind: 'palette' })}
          >
            <Kbd>{shortcut(platform, 'K')}</Kbd>
          </button>
        </div>
        <Hidden>
          <output>{query === '' ? '' : `${found.length} of ${profiles.length} profiles`}</output>
        </Hidden>
      </div>
      {query !== '' && found.length === 0 && <NoMatch query={query} />}
      <ProfileList id={listId} groups={groups} shown={found} listRef={listRef} />
      <div className={styles.foot}>
        <Button
          variant="ghost"
          disabled={!anyLive}
          onClick={() => openDialog({ kind: 'sign-out-everywhere' })}
        >
          Sign out everywhere…
        </Button>
        <SettingsMenu />
      </div>
    </nav>
  )
}
