import { describe, expect, it } from 'vitest'
import { initialState, withLoaded, withProfiles, withSelected } from '../../../../renderer/state/app-state.ts'
import { sampleAppView, sampleId, sampleProfile, sampleProfiles, sampleView } from '../samples.ts'

const loaded = withLoaded(initialState, sampleAppView())
const ids = loaded.profiles.map((view) => view.profile.id)
const out = { status: 'signed-out', revocationPending: false } as const

describe('the first load', () => {
  it('selects the first profile', () => {
    expect(loaded.load.kind).toBe('ready')
    expect(loaded.selectedId).toBe(ids[0])
  })
  it('or the one selected last time, if it is still there', () => {
    expect(withLoaded(initialState, sampleAppView(), ids[3]).selectedId).toBe(ids[3])
    expect(withLoaded(initialState, sampleAppView(), 'gone').selectedId).toBe(ids[0])
  })
  it('selects nothing where there is nothing', () => {
    expect(withLoaded(initialState, sampleAppView({ profiles: [] })).selectedId).toBeUndefined()
  })
})

describe('changed profiles', () => {
  it('replace what was shown and leave the rest the same objects', () => {
    const changed = sampleView(sampleProfile(3, { name: 'renamed' }), out)
    const next = withProfiles(loaded, { changed: [changed] })
    expect(next.profiles.map((view) => view.profile.id)).toEqual(ids)
    expect(next.byId.get(sampleId(3))).toBe(changed)
    expect(next.profiles[0]).toBe(loaded.profiles[0])
  })

  it('come and move with a new order', () => {
    const added = sampleView(sampleProfile(9), out)
    const order = [sampleId(9), ...ids.toReversed()]
    const next = withProfiles(loaded, { changed: [added], order })
    expect(next.profiles.map((view) => view.profile.id)).toEqual(order)
    expect(next.selectedId).toBe(loaded.selectedId)
  })

  it('of which nobody has told the order are not shown', () => {
    expect(withProfiles(loaded, { changed: [sampleView(sampleProfile(9), out)] }).profiles).toHaveLength(6)
  })

  it.each([
    ['its place is taken by the next', 2, 3],
    ['the last is followed by the one before', 5, 4],
  ])('when the selected one is removed, %s', (_name, selected, expected) => {
    const state = withSelected(loaded, sampleId(selected + 1))
    const next = withProfiles(state, { changed: [], order: ids.filter((_, index) => index !== selected) })
    expect(next.selectedId).toBe(ids[expected])
  })

  it('the first profile of all is selected', () => {
    const empty = withLoaded(initialState, sampleAppView({ profiles: [] }))
    const first = sampleView(sampleProfile(1), out)
    expect(withProfiles(empty, { changed: [first], order: [sampleId(1)] }).selectedId).toBe(sampleId(1))
  })

  it('the last one removed leaves nothing selected', () => {
    const one = withLoaded(initialState, sampleAppView({ profiles: sampleProfiles().slice(0, 1) }))
    expect(withProfiles(one, { changed: [], order: [] }).selectedId).toBeUndefined()
  })
})

it('only a profile that exists can be selected', () => {
  expect(withSelected(loaded, 'gone')).toBe(loaded)
  expect(withSelected(loaded, sampleId(4)).selectedId).toBe(sampleId(4))
})
