import { describe, expect, test } from 'vitest'
import { add, connectedApp, newProfile, valueOf } from './connected-app.ts'

const outputs = (clientId: string, extra: object = {}) =>
  JSON.stringify({
    auth: { user_pool_id: newProfile.userPoolId, user_pool_client_id: clientId, ...extra },
  })
const identityPool = 'eu-west-1:99999999-90ab-cdef-1234-567890abcdef'

const previewOf = async (app: Awaited<ReturnType<typeof connectedApp>>, text: string) => {
  const preview = valueOf(await app.bridge.request('profiles.previewImport', { kind: 'text', text }))
  if (preview === undefined) throw new Error('no preview')
  return preview
}

describe('importing', () => {
  test('shows first and changes nothing; what is chosen is then added under the chosen name', async () => {
    await using app = await connectedApp()
    const preview = await previewOf(app, outputs('otherclient'))
    expect(preview.profiles).toMatchObject([{ name: newProfile.userPoolId, action: { kind: 'add' } }])
    expect(app.profiles.list()).toEqual([])
    const done = await app.bridge.request('profiles.import', preview.importId, [{ index: 0, name: 'mine' }])
    expect(valueOf(done)).toEqual({ added: 1, changed: 0 })
    expect(app.profiles.list()).toMatchObject([
      { name: 'mine', clientId: 'otherclient', storage: 'keychain' },
    ])
  })

  test('changes the profile that is there, and only where it says so', async () => {
    await using app = await connectedApp()
    const { profile } = await add(app)
    const preview = await previewOf(app, outputs(newProfile.clientId, { identity_pool_id: identityPool }))
    expect(preview.profiles[0]?.action).toEqual({
      kind: 'change',
      profileName: newProfile.name,
      changes: [{ field: 'identityPoolId', from: newProfile.identityPoolId, to: identityPool }],
    })
    valueOf(await app.bridge.request('profiles.import', preview.importId, [{ index: 0 }]))
    expect(app.profiles.list()).toEqual([{ ...profile, identityPoolId: identityPool }])
  })

  test('takes nothing that was not chosen', async () => {
    await using app = await connectedApp()
    const preview = await previewOf(app, outputs('otherclient'))
    expect(valueOf(await app.bridge.request('profiles.import', preview.importId, []))).toEqual({
      added: 0,
      changed: 0,
    })
    expect(app.profiles.list()).toEqual([])
  })

  test('refuses a name that is taken before anything is saved', async () => {
    await using app = await connectedApp()
    await add(app)
    const preview = await previewOf(app, outputs('otherclient'))
    const chosen = [{ index: 0, name: newProfile.name.toUpperCase() }]
    expect(await app.bridge.request('profiles.import', preview.importId, chosen)).toMatchObject({
      failure: { code: 'input.invalid', field: '0', message: 'Another profile has this name.' },
    })
    expect(app.profiles.list()).toHaveLength(1)
  })

  test('does not import what no longer is what was shown', async () => {
    await using app = await connectedApp()
    const preview = await previewOf(app, outputs(newProfile.clientId))
    await add(app)
    expect(await app.bridge.request('profiles.import', preview.importId, [{ index: 0 }])).toMatchObject({
      failure: { code: 'import.gone' },
    })
    const other = await previewOf(app, outputs('otherclient'))
    expect(await app.bridge.request('profiles.import', preview.importId, [{ index: 0 }])).toMatchObject({
      failure: { code: 'import.gone' },
    })
    expect((await app.bridge.request('profiles.import', other.importId, [{ index: 0 }])).ok).toBe(true)
  })

  test('reads a file that the person chooses, and says its name', async () => {
    await using app = await connectedApp()
    app.disk.chosen = { name: 'amplify_outputs.json', text: outputs('otherclient') }
    const preview = await app.bridge.request('profiles.previewImport', { kind: 'file' })
    expect(valueOf(preview)).toMatchObject({ fileName: 'amplify_outputs.json', format: 'amplify-outputs' })
  })

  test('a file dialog that was cancelled is no failure', async () => {
    await using app = await connectedApp()
    expect(await app.bridge.request('profiles.previewImport', { kind: 'file' })).toEqual({ ok: true })
  })
})

describe('exporting', () => {
  test('writes every profile without its id and without its secret, and another Sesame takes it', async () => {
    await using app = await connectedApp()
    const { profile } = await add(app, {}, 'client-secret-canary')
    expect(valueOf(await app.bridge.request('profiles.export'))).toEqual({
      file: 'sesame-profiles.json',
      count: 1,
    })
    const { written = '' } = app.disk
    expect(written).not.toContain('canary')
    expect(written).not.toContain(profile.id)

    await using other = await connectedApp()
    const preview = await previewOf(other, written)
    expect(preview.profiles[0]).toMatchObject({
      name: newProfile.name,
      action: { kind: 'add' },
      notes: ['Its app client has a secret, which no file carries: enter it in the profile.'],
    })
    valueOf(await other.bridge.request('profiles.import', preview.importId, [{ index: 0 }]))
    const { id: _, ...settings } = profile
    expect(other.profiles.list()).toMatchObject([settings])
  })

  test('writes only the profiles that are named', async () => {
    await using app = await connectedApp()
    const one = await add(app)
    await add(app, { name: 'two' })
    expect(valueOf(await app.bridge.request('profiles.export', [one.profile.id]))).toMatchObject({ count: 1 })
    expect(app.disk.written).not.toContain('"two"')
  })
})
