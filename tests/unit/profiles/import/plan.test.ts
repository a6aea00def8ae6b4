import { describe, expect, test } from 'vitest'
import { checkSettings } from '../../../../main/profiles/check-settings.ts'
import type { ImportedSettings } from '../../../../main/profiles/import/candidate.ts'
import { changedSettings, planImport } from '../../../../main/profiles/import/plan.ts'
import { sampleProfile } from '../../renderer/samples.ts'

const there = sampleProfile(1, {
  name: 'acme',
  username: 'ana',
  endpoints: { sts: 'https://sts.example.com' },
})
const { userPoolId, clientId } = there

const plan = (settings: ImportedSettings, from?: string) => {
  const [planned] = planImport([{ settings, notes: [], ...(from !== undefined && { from }) }], [there])
  if (planned === undefined) throw new Error('nothing planned')
  return planned
}

describe('what an import does to the profiles there are', () => {
  test('another app client is another profile, named after where it was found', () => {
    expect(plan({ userPoolId, clientId: 'other' }, 'AuthStack')).toMatchObject({
      name: 'AuthStack',
      action: { kind: 'add' },
    })
    expect(plan({ userPoolId, clientId: 'other' }).name).toBe(userPoolId)
  })

  test('another user of the same app client is another profile', () => {
    expect(plan({ userPoolId, clientId, username: 'eve', name: 'eve' }).action.kind).toBe('add')
  })

  test('the same one is changed where it differs, and each change is named', () => {
    const planned = plan({
      userPoolId,
      clientId,
      name: 'other name',
      storage: 'memory',
      domain: 'a.example.com',
    })
    expect(planned).toMatchObject({
      name: 'acme',
      action: {
        kind: 'change',
        changes: [{ field: 'domain', from: undefined, to: 'https://a.example.com' }],
      },
    })
  })

  test('changes read as words: no brackets, and each endpoint by itself', () => {
    const planned = plan({
      userPoolId,
      clientId,
      scopes: ['openid', 'email'],
      availableToCommandLine: true,
      awsFiles: { kind: 'credential-process', section: 'acme' },
      clientMetadata: { tenant: 'acme', stage: 'dev' },
      endpoints: { userPool: 'http://127.0.0.1:9229', sts: 'https://sts.example.com' },
    })
    expect(planned.action).toMatchObject({
      changes: [
        { field: 'scopes', to: 'openid email' },
        { field: 'availableToCommandLine', from: 'no', to: 'yes' },
        { field: 'awsFiles', to: 'credential-process, section acme' },
        { field: 'endpoints.userPool', to: 'http://127.0.0.1:9229' },
        { field: 'clientMetadata', to: 'tenant acme, stage dev' },
      ],
    })
  })

  test('the same one with nothing new is left alone', () => {
    expect(plan({ userPoolId, clientId }).action.kind).toBe('same')
  })

  test('a name that is taken is told and another one proposed, within one import too', () => {
    const planned = planImport(
      [
        { settings: { userPoolId, clientId: 'b', name: 'ACME' }, notes: [] },
        { settings: { userPoolId, clientId: 'c', name: 'Acme' }, notes: [] },
      ],
      [there],
    )
    expect(planned.map(({ name }) => name)).toEqual(['ACME · copy', 'Acme · copy 2'])
    expect(planned[0]?.notes).toEqual(['Another profile is named ACME, so this one gets another name.'])
  })

  test('what is not valid is left out with what a right value looks like; the rest stays', () => {
    const planned = plan({
      userPoolId,
      clientId: 'other',
      callbackUrl: 'https://example.com/',
      domain: 'a.example.com',
    })
    expect(planned.settings).toEqual({ userPoolId, clientId: 'other', domain: 'https://a.example.com' })
    expect(planned.notes[0]).toMatch(/^callbackUrl was left out\. A callback URL looks like/)
  })

  test('without an app client it is no profile yet, and says what is missing', () => {
    expect(plan({ userPoolId }).action).toEqual({ kind: 'incomplete', missing: ['clientId'] })
    expect(plan({ userPoolId: 'nonsense', clientId }).action).toEqual({
      kind: 'incomplete',
      missing: ['userPoolId'],
    })
  })

  test('changing leaves name, environment, storage and the secret as they are, and the other endpoints', () => {
    const settings = {
      name: 'x',
      environment: 'production',
      storage: 'memory',
      hasClientSecret: true,
    } as const
    const changed = changedSettings(there, {
      ...settings,
      endpoints: { userPool: 'http://127.0.0.1:9229' },
    })
    const { id: _, ...before } = there
    expect(changed).toEqual({
      ...before,
      endpoints: { sts: 'https://sts.example.com', userPool: 'http://127.0.0.1:9229' },
    })
    expect(checkSettings(changed).ok).toBe(true)
  })
})
