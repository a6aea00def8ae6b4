// Owns the keyboard of the profile list: moving, type-ahead, acting, reordering.
import { type KeyboardEvent, useRef } from 'react'
import type { ProfileView } from '../../../preload/views.ts'
import { moveProfile, openDialog, openSignIn } from '../../state/index.ts'
import { moveBy, stepFrom, typeAhead } from './listing.ts'
import { canSignIn } from './status.ts'

/** A pause this long starts another word. */
const typingPauseMs = 700
const pageRows = 10

export interface ListKeys {
  /** The profiles in the order shown. */
  shown: readonly ProfileView[]
  /** All of them, for moves past hidden ones. */
  profiles: readonly ProfileView[]
  selectedId: string | undefined
  onSelect: (id: string) => void
}

/** Moves a profile one place within its environment; at the edge nothing happens. */
export const moveOne = (profiles: readonly ProfileView[], id: string, direction: 'up' | 'down'): void => {
  const move = moveBy(profiles, id, direction)
  if (move !== undefined) void moveProfile(id, move.environment, move.beforeId)
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: pageRows,
  PageUp: -pageRows,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** The key handler of the list. */
export const useListKeys = ({ shown, profiles, selectedId, onSelect }: ListKeys) => {
  const typed = useRef({ text: '', at: 0 })

  const act = (event: KeyboardEvent): boolean => {
    const selected = shown.find((view) => view.profile.id === selectedId)
    if (selected === undefined) return false
    const { id } = selected.profile
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      moveOne(profiles, id, event.key === 'ArrowUp' ? 'up' : 'down')
      return true
    }
    switch (event.key) {
      case 'Enter':
        if (canSignIn(selected.session)) openSignIn(id)
        return true
      case 'F2':
        openDialog({ kind: 'edit-profile', profileId: id })
        return true
      case 'Delete':
        openDialog({ kind: 'remove-profile', profileId: id })
        return true
      default:
        return false
    }
  }

  const go = (event: KeyboardEvent): boolean => {
    if (event.altKey || event.ctrlKey || event.metaKey) return false
    const by = steps[event.key]
    if (by !== undefined) {
      const target = stepFrom(shown, selectedId, by)
      if (target !== undefined) onSelect(target.profile.id)
      return true
    }
    // `/` is the search's, everything else that prints one character is part of a name.
    if (event.key.length !== 1 || event.key === '/') return false
    const { text, at } = typed.current
    typed.current = {
      text: event.timeStamp - at < typingPauseMs ? text + event.key : event.key,
      at: event.timeStamp,
    }
    const target = typeAhead(shown, selectedId, typed.current.text)
    if (target !== undefined) onSelect(target.profile.id)
    return true
  }

  return (event: KeyboardEvent): void => {
    if (act(event) || go(event)) event.preventDefault()
  }
}
