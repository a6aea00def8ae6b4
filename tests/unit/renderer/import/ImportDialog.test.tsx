// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { failureTexts } from '../../../../main/failure-texts/index.ts'
import { ImportDialog } from '../../../../renderer/features/import/ImportDialog.tsx'
import { currentDialog } from '../../../../renderer/state/index.ts'
import type { FakeBridge } from '../fake-bridge.ts'
import { mount, mountApp } from '../render.tsx'
import { samplePreview as preview } from './sample-preview.ts'

const open = async (prepare: (bridge: FakeBridge) => void = () => {}) => {
  const onClose = vi.fn<() => void>()
  const mounted = await mount(<ImportDialog onClose={onClose} />, {}, (bridge) => {
    bridge.answers('profiles.previewImport', preview)
    bridge.answers('profiles.import', { added: 1, changed: 1 })
    prepare(bridge)
  })
  return { ...mounted, onClose }
}

const openPreview = async (prepare?: (bridge: FakeBridge) => void) => {
  const opened = await open(prepare)
  await opened.user.click(screen.getByLabelText('Text'))
  await opened.user.paste('{"some":"outputs"}')
  await opened.user.click(press('Show what is in it'))
  return opened
}

const press = (name: string) => screen.getByRole('button', { name })
const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name })

describe('importing profiles', () => {
  test('shows what was found before anything changes: new, changed, unchanged, incomplete', async () => {
    const { bridge } = await openPreview()
    expect(bridge.callsOf('profiles.previewImport')).toEqual([[{ kind: 'text', text: '{"some":"outputs"}' }]])
    expect(screen.getByText('Found in the text: CDK outputs')).toBeDefined()
    const texts = screen.getAllByRole('row').map((row) => row.textContent)
    expect(texts[1]).toContain('http://127.0.0.1:9229')
    expect(texts[1]).toContain('Another profile is named acme')
    expect(texts[2]).toContain('identity pool id: not set → eu-west-1:1')
    expect(texts[4]).toContain('It does not name the app client id.')
    expect([0, 1, 2, 3].map((index) => box(`Import ${preview.profiles[index]?.name}`).checked)).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(box('Import kiosk-dev').disabled).toBe(true)
    expect(bridge.callsOf('profiles.import')).toEqual([])
  })

  test('the keyboard goes to the first that can be ticked, or to what can be done instead', async () => {
    await openPreview()
    expect(document.activeElement).toBe(box('Import acme · copy'))
    cleanup()
    const incomplete = { ...preview, profiles: preview.profiles.slice(3) }
    const { user } = await openPreview((bridge) => bridge.answers('profiles.previewImport', incomplete))
    expect(document.activeElement).toBe(press('Fill in the rest'))
    await user.click(press('Back'))
    expect(document.activeElement).toBe(screen.getByLabelText('Text'))
  })

  test('imports what is ticked, under the names as typed', async () => {
    const { bridge, user, onClose } = await openPreview()
    await user.click(box('Import acme-staging · ana'))
    await user.clear(screen.getByLabelText('Name of profile 1'))
    await user.type(screen.getByLabelText('Name of profile 1'), 'mine')
    await user.click(press('Import 1 profile'))
    expect(bridge.callsOf('profiles.import')).toEqual([[preview.importId, [{ index: 0, name: 'mine' }]]])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('offers nothing to import where nothing is ticked', async () => {
    const { user } = await openPreview()
    await user.click(box('Import acme · copy'))
    await user.click(box('Import acme-staging · ana'))
    expect(press('Import 0 profiles')).toHaveProperty('disabled', true)
  })

  test('a name that is taken is told at its row, and nothing else is lost', async () => {
    const { user, onClose } = await openPreview((bridge) =>
      bridge.refuses('profiles.import', 'input.invalid', {
        field: '0',
        message: 'Another profile has this name.',
      }),
    )
    await user.click(press('Import 2 profiles'))
    const row = screen.getAllByRole('row')[1]
    expect(row && within(row).getByRole('alert').textContent).toBe('Another profile has this name.')
    expect(onClose).not.toHaveBeenCalled()
  })

  test('text that names no pool stays, with what would', async () => {
    await openPreview((bridge) => bridge.refuses('profiles.previewImport', 'import.unrecognised'))
    expect(screen.getByRole('alert').textContent).toContain(failureTexts['import.unrecognised'].remedy)
    expect(screen.getByLabelText<HTMLTextAreaElement>('Text').value).toBe('{"some":"outputs"}')
  })

  test('takes a file; one that was not chosen after all changes nothing', async () => {
    const { bridge, user } = await open((fake) => fake.answers('profiles.previewImport', undefined))
    await user.click(press('Choose a file…'))
    expect(screen.getByLabelText('Text')).toBeDefined()
    bridge.answers('profiles.previewImport', { ...preview, fileName: 'outputs.json' })
    await user.click(press('Choose a file…'))
    expect(screen.getByText('Found in outputs.json: CDK outputs')).toBeDefined()
    expect(bridge.callsOf('profiles.previewImport')).toEqual([[{ kind: 'file' }], [{ kind: 'file' }]])
  })

  test('going back from the preview shows the text as it was', async () => {
    const { user } = await openPreview()
    await user.click(press('Back'))
    expect(screen.getByLabelText<HTMLTextAreaElement>('Text').value).toBe('{"some":"outputs"}')
  })

  test('what is incomplete goes on in the form for a new profile', async () => {
    const { user } = await openPreview()
    await user.click(press('Fill in the rest'))
    expect(currentDialog()).toEqual({ kind: 'add-profile', preset: { userPoolId: 'eu-west-1_Alone1' } })
  })
})

describe('the ways to it', () => {
  test('the first run offers it beside adding', async () => {
    const { user } = await mountApp({ profiles: [] })
    await user.click(press('Import…'))
    expect(await screen.findByRole('dialog', { name: 'Import profiles' })).toBeDefined()
  })

  test('the menu beside Add takes a file without opening anything before it is chosen', async () => {
    const { bridge, user } = await mountApp({}, (fake) => fake.answers('profiles.previewImport', undefined))
    const choose = async () => {
      await user.click(press('Other ways to add'))
      await user.click(screen.getByRole('menuitem', { name: /^Import from a file…/ }))
    }
    await choose()
    expect(screen.queryByRole('dialog')).toBeNull()
    bridge.refuses('profiles.previewImport', 'import.broken', { detail: 'outputs.json: line 3, column 5' })
    await choose()
    expect((await screen.findByRole('alert')).textContent).toContain('outputs.json: line 3, column 5')
    await user.keyboard('{Escape}')
    bridge.answers('profiles.previewImport', { ...preview, fileName: 'outputs.json' })
    await choose()
    expect(await screen.findByText('Found in outputs.json: CDK outputs')).toBeDefined()
  })

  test.each([
    [/^Add profile…/, 'add-profile'],
    [/^Paste configuration…/, 'import-profiles'],
  ])('the menu beside Add offers %s', async (name, kind) => {
    const { user } = await mountApp({})
    await user.click(press('Other ways to add'))
    await user.click(screen.getByRole('menuitem', { name }))
    expect(currentDialog()).toEqual({ kind })
  })

  test('the menu of the window offers it, and exporting', async () => {
    const { bridge, user } = await mountApp({}, (fake) =>
      fake.answers('profiles.export', { file: 'sesame-profiles.json', count: 6 }),
    )
    await user.click(press('Settings'))
    await user.click(screen.getByRole('menuitem', { name: 'Export profiles…' }))
    expect(bridge.callsOf('profiles.export')).toHaveLength(1)
    expect(await screen.findByText('Exported 6 profiles to sesame-profiles.json')).toBeDefined()
  })
})
