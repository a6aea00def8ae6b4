import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { add, connectedApp, signIn, valueOf } from './connected-app.ts'

const wanted = { kind: 'credentials-section', section: 'acme' } as const

test('what will be written is shown, then written and remembered, and no secret crosses the bridge', async () => {
  await using app = await connectedApp()
  const view = await add(app)
  const { id } = view.profile
  await signIn(app, view)
  const shown = valueOf(await app.bridge.request('awsFiles.preview', id, wanted))
  const path = join(app.awsFolder, 'credentials')
  expect(shown).toMatchObject({ isTaken: false, files: [{ path, change: 'create' }] })
  await expect(stat(app.awsFolder)).rejects.toThrow('ENOENT')

  valueOf(await app.bridge.request('awsFiles.apply', id, wanted, false))
  const written = await readFile(path, 'utf8')
  expect(written).toContain('[acme]\n')
  expect(app.profiles.get(id)?.awsFiles).toEqual(wanted)
  const secret = /aws_secret_access_key = .+/.exec(written)?.[0]
  expect(secret).toBeDefined()
  // With its value; the key's name is shown.
  expect(JSON.stringify(app.crossed)).not.toContain(secret)
})

test('what could not be written is not remembered', async () => {
  await using app = await connectedApp()
  const { profile } = await add(app)
  const answer = await app.bridge.request('awsFiles.apply', profile.id, wanted, false)
  expect(answer).toMatchObject({ ok: false, failure: { code: 'session.none' } })
  expect(app.profiles.get(profile.id)?.awsFiles).toBeUndefined()
})

test('the preflight answers step by step', async () => {
  await using app = await connectedApp()
  const { profile } = await add(app)
  const steps = valueOf(await app.bridge.request('credentials.preflight', profile.id))
  expect(steps.find(({ outcome }) => outcome === 'failed')).toMatchObject({
    id: 'token',
    failure: { code: 'session.none' },
  })
})
