// Owns the list of profiles: one listbox in groups, selection follows the keyboard, only rows in view exist.
import { type MouseEvent, type RefObject, useLayoutEffect, useMemo, useState } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { openSignIn, selectProfile, useApp, useProfile, useProfiles } from '../../state/index.ts'
import { ContextMenu } from '../../ui/index.ts'
import type { Group } from './listing.ts'
import styles from './ProfileList.module.css'
import { ProfileMenu } from './ProfileMenu.tsx'
import { ProfileRow } from './ProfileRow.tsx'
import { canSignIn, environmentLabels } from './status.ts'
import { useListKeys } from './use-list-keys.ts'
import {
  hasRowAt,
  headingHeight,
  type PlacedGroup,
  placeGroups,
  rowHeight,
  rowsInView,
  scrollTopFor,
  useViewport,
  type Viewport,
} from './viewport.ts'

/** A handful is counted at a glance. */
const countedFrom = 20

const domIdOf = (id: string): string => `profile-${id}`

const profileIdAt = (event: MouseEvent): string | undefined =>
  event.target instanceof Element
    ? event.target.closest<HTMLElement>('[data-profile-id]')?.dataset.profileId
    : undefined

interface GroupRowsProps {
  group: PlacedGroup
  viewport: Viewport
  selectedId: string | undefined
  /** How many profiles are shown in all groups. */
  of: number
}

const GroupRows = ({ group, viewport, selectedId, of }: GroupRowsProps) => {
  const [from, to] = rowsInView(group, viewport)
  return (
    <div
      className={styles.section}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of options, as ARIA has it in a listbox
      role="group"
      aria-label={environmentLabels[group.environment]}
      style={{ height: group.height }}
    >
      <div className={styles.group} data-environment={group.environment} aria-hidden="true">
        {environmentLabels[group.environment]}
        {of > countedFrom && <span className={styles.count}>{group.views.length}</span>}
      </div>
      {group.views.slice(from, to).map((view, index) => (
        <div
          key={view.profile.id}
          className={styles.placed}
          role="presentation"
          style={{ transform: `translateY(${headingHeight + (from + index) * rowHeight}px)` }}
        >
          <ProfileRow
            view={view}
            domId={domIdOf(view.profile.id)}
            selected={view.profile.id === selectedId}
            place={group.offset + from + index + 1}
            of={of}
          />
        </div>
      ))}
    </div>
  )
}

/** Pixels from the top of the list to a profile's row; undefined if it is not shown. */
const rowTopOf = (groups: readonly PlacedGroup[], id: string | undefined): number | undefined => {
  for (const group of groups) {
    const row = group.views.findIndex((view) => view.profile.id === id)
    if (row !== -1) return group.top + headingHeight + row * rowHeight
  }
  return undefined
}

export interface ProfileListProps {
  id: string
  groups: readonly Group[]
  /** The profiles of the groups, in the order shown. */
  shown: readonly ProfileView[]
  listRef: RefObject<HTMLDivElement | null>
}

export const ProfileList = ({ id, groups, shown, listRef }: ProfileListProps) => {
  const profiles = useProfiles()
  const selectedId = useApp((state) => state.selectedId)
  const placed = useMemo(() => placeGroups(groups), [groups])
  const viewport = useViewport(listRef)
  const [menuId, setMenuId] = useState<string>()
  const menuView = useProfile(menuId)
  const onKeyDown = useListKeys({ shown, profiles, selectedId, onSelect: selectProfile })

  // Follows the selection, and the selected profile when it is moved; not the wheel.
  const rowTop = rowTopOf(placed, selectedId)
  useLayoutEffect(() => {
    const list = listRef.current
    if (list === null || rowTop === undefined || list.clientHeight === 0) return
    const top = scrollTopFor(rowTop, list.scrollTop, list.clientHeight)
    if (top !== list.scrollTop) list.scrollTop = top
  }, [listRef, rowTop])

  return (
    <ContextMenu
      label="Profile"
      trigger={
        <div
          ref={listRef}
          id={id}
          className={styles.list}
          // A select can show neither two lines per option nor a thousand of them cheaply.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above
          role="listbox"
          // One stop of the Tab key; keys and pointer act on rows, so their handlers sit here.
          tabIndex={0}
          aria-label="Profiles"
          aria-activedescendant={
            selectedId !== undefined && rowTop !== undefined && hasRowAt(rowTop, viewport)
              ? domIdOf(selectedId)
              : undefined
          }
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const clicked = profileIdAt(event)
            if (clicked !== undefined) selectProfile(clicked)
          }}
          onDoubleClick={(event) => {
            const clicked = shown.find((view) => view.profile.id === profileIdAt(event))
            if (clicked !== undefined && canSignIn(clicked.session)) openSignIn(clicked.profile.id)
          }}
          onContextMenu={(event) => {
            // The menu key has no row under it: it means the selected one.
            const clicked = profileIdAt(event) ?? selectedId
            setMenuId(clicked)
            if (clicked !== undefined) selectProfile(clicked)
          }}
        >
          {placed.map((group) => (
            <GroupRows
              key={group.environment}
              group={group}
              viewport={viewport}
              selectedId={selectedId}
              of={shown.length}
            />
          ))}
        </div>
      }
    >
      {menuView !== undefined && <ProfileMenu view={menuView} />}
    </ContextMenu>
  )
}
