// Owns what the profile list shows and in which order: groups, search, type-ahead, and where a move ends. Pure.
import type { Environment } from '../../../main/profiles/profile.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { environmentLabels, loginOf, placeOf } from './status.ts'

/** The profiles of one environment, as far as they are shown. */
export interface Group {
  readonly environment: Environment
  readonly views: readonly ProfileView[]
}

const environmentOrder: readonly Environment[] = ['production', 'staging', 'development', 'other']

const textOf = (view: ProfileView): string =>
  [
    view.profile.name,
    loginOf(view),
    placeOf(view),
    view.region,
    view.profile.userPoolId,
    view.profile.clientId,
    environmentLabels[view.profile.environment],
  ]
    .join(' ')
    .toLowerCase()

/** Whether every word of the query is somewhere in the profile's name, login, place, pool, client or environment. */
export const matches = (view: ProfileView, query: string): boolean => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = textOf(view)
  return words.every((word) => text.includes(word))
}

/** Matching profiles by environment; empty groups are left out, the order within one is kept. */
export const arrange = (profiles: readonly ProfileView[], query: string): readonly Group[] => {
  const shown = profiles.filter((view) => matches(view, query))
  return environmentOrder
    .map((environment) => ({
      environment,
      views: shown.filter((view) => view.profile.environment === environment),
    }))
    .filter((group) => group.views.length > 0)
}

/** The profiles of all groups, in the order shown. */
export const flatten = (groups: readonly Group[]): readonly ProfileView[] =>
  groups.flatMap((group) => group.views)

/** The profile `steps` further down (negative: up), stopping at the ends. Without a start: the first, or from the end. */
export const stepFrom = (
  shown: readonly ProfileView[],
  from: string | undefined,
  steps: number,
): ProfileView | undefined => {
  const start = shown.findIndex((view) => view.profile.id === from)
  if (start === -1) return steps > 0 ? shown[0] : shown.at(-1)
  return shown[Math.min(Math.max(start + steps, 0), shown.length - 1)]
}

/** The next profile, from the one after `from` and around, whose name starts with what was typed. */
export const typeAhead = (
  shown: readonly ProfileView[],
  from: string | undefined,
  typed: string,
): ProfileView | undefined => {
  const prefix = typed.toLowerCase()
  const start = shown.findIndex((view) => view.profile.id === from)
  // While one word is being typed its match may stay where it is; a first letter looks further down.
  const offset = prefix.length > 1 ? 0 : 1
  const ordered = shown.map((_, index) => shown[(Math.max(start, -offset) + offset + index) % shown.length])
  return ordered.find((view) => view?.profile.name.toLowerCase().startsWith(prefix))
}

export interface Move {
  readonly environment: Environment
  /** The profile to stand in front of; absent: the end of the environment. */
  readonly beforeId: string | undefined
}

/** Where a profile goes one place up or down within its environment; undefined at the edge. */
export const moveBy = (
  profiles: readonly ProfileView[],
  id: string,
  direction: 'up' | 'down',
): Move | undefined => {
  const environment = profiles.find((view) => view.profile.id === id)?.profile.environment
  if (environment === undefined) return undefined
  const siblings = profiles.filter((view) => view.profile.environment === environment)
  const place = siblings.findIndex((view) => view.profile.id === id)
  if (direction === 'up') {
    const above = siblings[place - 1]
    return above === undefined ? undefined : { environment, beforeId: above.profile.id }
  }
  if (place === siblings.length - 1) return undefined
  return { environment, beforeId: siblings[place + 2]?.profile.id }
}
