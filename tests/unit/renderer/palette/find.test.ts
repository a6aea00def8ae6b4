import { describe, expect, test } from 'vitest'
import { failure } from '../../../../main/failure.ts'
import { find, type Section, shownLimit } from '../../../../renderer/features/palette/find.ts'
import { manyProfiles, sampleId, sampleProfiles } from '../samples.ts'

const views = sampleProfiles()
const viewNamed = (name: string) => {
  const view = views.find(({ profile }) => profile.name === name)
  if (view === undefined) throw new Error(`no sample is named ${name}`)
  return view
}
const staging = viewNamed('acme-staging · ana')

const namesIn = (section: Section | undefined) => section?.items.map(({ name }) => name)
const search = (query: string, chosen = staging) => find(query, views, chosen, 'system')
const allIn = (sections: readonly Section[]) => sections.flatMap(({ items }) => items)

describe('what the palette lists', () => {
  test('"copy cred" offers the credentials of the chosen profile first, with its key', () => {
    const [commands, ...rest] = search('copy cred')
    expect(namesIn(commands)).toEqual(['Copy AWS credentials', 'Copy AWS credentials as…'])
    expect(commands?.items[0]).toMatchObject({
      detail: 'acme-staging · ana · bash',
      key: 'C',
      run: { kind: 'copy-credentials', profileId: staging.profile.id, format: 'bash' },
    })
    expect(rest).toEqual([])
  })

  test('"powershell" finds the choice of formats', () => {
    expect(namesIn(search('powershell')[0])).toEqual(['Copy AWS credentials as…'])
  })

  test('a command and a profile together act on that profile without choosing it, and without the key', () => {
    const prod = viewNamed('acme-prod · support')
    const copy = allIn(search('copy cred acme-prod')).find(({ run }) => run.kind === 'copy-credentials')
    expect(copy?.run).toMatchObject({ profileId: prod.profile.id })
    expect(copy?.key).toBeUndefined()
  })

  test('where a command does not fit that profile now, the profile itself is listed', () => {
    const sections = search('copy cred kiosk')
    expect(sections.map(({ heading }) => heading)).toEqual(['Profiles'])
    expect(namesIn(sections[0])).toEqual(['kiosk-dev'])
  })

  test('a profile’s name puts profiles before commands that only mention it', () => {
    const [first, second] = search('acme-prod', viewNamed('acme-prod · support'))
    expect(first?.heading).toBe('Profiles')
    expect(namesIn(first)).toEqual(['acme-prod · support'])
    expect(namesIn(second)).toContain('Copy AWS credentials')
  })

  test('nothing typed lists the most used commands, then all profiles in order, then the other commands', () => {
    const sections = search('')
    expect(sections.map(({ heading }) => heading)).toEqual([undefined, 'Profiles', 'More commands'])
    expect(sections[0]?.items[0]?.name).toBe('Copy AWS credentials')
    expect(namesIn(sections[1])).toEqual(views.map(({ profile }) => profile.name))
    expect(namesIn(sections[2])).toContain('Sign out everywhere…')
  })

  test('without any profile there is still something to do', () => {
    expect(namesIn(find('', [], undefined, 'system')[0])).toContain('Add profile…')
  })

  test('what fits nothing lists nothing', () => {
    expect(search('zzz')).toEqual([])
  })

  test.each(['', 'copy', 'copy acme', 'acme'])('every row has an id of its own (%j)', (query) => {
    const ids = allIn(search(query)).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a session that ended offers to sign in', () => {
    const ended = {
      ...staging,
      session: { status: 'ended', username: 'ana', failure: failure('session.ended') },
    } as const
    expect(search('', ended)[0]?.items[0]?.run).toEqual({ kind: 'sign-in', profileId: staging.profile.id })
  })
})

describe('a thousand profiles', () => {
  const many = manyProfiles(1_000)

  test('only as many as fit are listed, and the rest is counted', () => {
    const profiles = find('', many, many[1], 'system').find(({ heading }) => heading === 'Profiles')
    expect(profiles?.items).toHaveLength(shownLimit)
    expect(profiles?.more).toBe(1_000 - shownLimit)
  })

  test('any one of them is found by its name', () => {
    const [profiles] = find('tenant-0983', many, many[1], 'system')
    expect(profiles?.items.map(({ run }) => run)).toEqual([{ kind: 'select', profileId: sampleId(984) }])
    expect(profiles?.more).toBe(0)
  })
})
