// Owns what the palette lists for what was typed: which commands, which profiles, in which order, how many. Pure.
import type { ProfileView, Theme } from '../../../preload/views.ts'
import { type Command, generalCommands, offerNames, profileCommands, profileRow } from './commands.ts'
import { type Ranked, rank, splitWords, wordsOf } from './search.ts'

/** Most profiles that are drawn; more are reached by typing. */
export const shownLimit = 30

/** How many commands stand before the profiles while nothing is typed. */
const firstCommands = 6

/** For how many other profiles a command is offered. */
const othersLimit = 5

export interface Section {
  readonly heading?: string
  readonly items: readonly Command[]
  /** How many fit beyond those listed. */
  readonly more?: number
}

const itemsOf = (ranked: readonly Ranked<Command>[]): Command[] => ranked.map(({ item }) => item)

const profileSection = (ranked: readonly Ranked<Command>[]): Section => ({
  heading: 'Profiles',
  items: itemsOf(ranked).slice(0, shownLimit),
  more: Math.max(0, ranked.length - shownLimit),
})

/** What is shown for another profile than the window's: with that profile's name, and without the window's key. */
const forOther = ({ key: _key, ...command }: Command, { profile }: ProfileView): Command =>
  command.run.kind === 'choose-format' ? { ...command, detail: profile.name } : command

/** "copy cred acme": some words name a command, the others profiles that need not be shown in the window. */
const searchByBoth = (words: readonly string[], rows: readonly Command[]) => {
  const ranked = new Map<string, Ranked<Command>[]>()
  const rankOnce = (others: readonly string[]): Ranked<Command>[] => {
    const key = others.join(' ')
    const profiles = ranked.get(key) ?? rank(others, rows)
    ranked.set(key, profiles)
    return profiles
  }
  return offerNames.flatMap((name) => {
    const { inText, others } = splitWords(words, name)
    if (inText.length === 0 || others.length === 0) return []
    const profiles = rankOnce(others)
    const commands = profiles.slice(0, othersLimit).flatMap(({ item: { view } }) =>
      view
        ? profileCommands(view)
            .filter((command) => command.name === name)
            .map((command) => forOther(command, view))
        : [],
    )
    return profiles.length > 0 ? [{ commands, profiles }] : []
  })
}

const withoutDoubles = (commands: readonly Command[]): Command[] =>
  [...new Map(commands.toReversed().map((command) => [command.id, command])).values()].toReversed()

/**
 * What the palette lists for a query: commands of the chosen profile, general commands, and profiles, names first.
 * Sections without items are left out.
 * @param chosen the profile shown in the window, whose commands come first
 */
export const find = (
  query: string,
  views: readonly ProfileView[],
  chosen: ProfileView | undefined,
  theme: Theme,
): Section[] => {
  const words = wordsOf(query)
  const rows = views.map(profileRow)
  const commands = rank(words, [...(chosen ? profileCommands(chosen) : []), ...generalCommands(views, theme)])
  const profiles = rank(words, rows)
  const sections = (): Section[] => {
    if (words.length === 0)
      return [
        { items: itemsOf(commands).slice(0, firstCommands) },
        profileSection(profiles),
        { heading: 'More commands', items: itemsOf(commands).slice(firstCommands) },
      ]
    const both = words.length > 1 ? searchByBoth(words, rows) : []
    const commandSection: Section = {
      items: withoutDoubles([...itemsOf(commands), ...both.flatMap((each) => each.commands)]),
    }
    // Where no command fits that profile now, the profile itself is the next best.
    const named = profiles.length > 0 ? profiles : (both[0]?.profiles ?? [])
    const profilesFirst = (profiles[0]?.score ?? 0) > (commands[0]?.score ?? 0)
    return profilesFirst
      ? [profileSection(named), { ...commandSection, heading: 'Commands' }]
      : [commandSection, profileSection(named)]
  }
  return sections().filter(({ items }) => items.length > 0)
}
