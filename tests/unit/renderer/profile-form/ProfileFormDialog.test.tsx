// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { flowOf } from '../../../../main/cognito/flows.ts'
import { fail, failure, ok } from '../../../../main/failure.ts'
import { parsePool } from '../../../../main/profiles/parse-pool.ts'
import { methodOf, methodSegments } from '../../../../renderer/features/profile-form/method.ts'
import {
  ProfileFormDialog,
  type ProfileFormMode,
} from '../../../../renderer/features/profile-form/ProfileFormDialog.tsx'
import { currentDialog } from '../../../../renderer/state/index.ts'
import type { FakeBridge } from '../fake-bridge.ts'
import { samplePreview } from '../import/sample-preview.ts'
import { mount } from '../render.tsx'
import { sampleId, sampleProfile, sampleProfiles, sampleView } from '../samples.ts'

const withSecret = sampleView(sampleProfile(9, { name: 'with secret', hasClientSecret: true }), {
  status: 'signed-out',
  revocationPending: false,
})

const open = async (
  mode: ProfileFormMode = { kind: 'add' },
  prepare: (bridge: FakeBridge) => void = () => {},
) => {
  const onClose = vi.fn<() => void>()
  const dialog = <ProfileFormDialog mode={mode} onClose={onClose} />
  const { bridge, user } = await mount(dialog, { profiles: [...sampleProfiles(), withSecret] }, (fake) => {
    fake.handles('profiles.recognise', (text) => ok(parsePool(text) ?? {}))
    fake.handles('profiles.add', () => ok(withSecret))
    fake.handles('profiles.update', () => ok(withSecret))
    prepare(fake)
  })
  return { bridge, user, onClose }
}

const input = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
const errorOf = (label: string) => {
  const id = input(label)
    .getAttribute('aria-describedby')
    ?.split(' ')
    .find((each) => each.endsWith('-error'))
  return id === undefined ? undefined : document.getElementById(id)?.textContent
}
const press = (name: string) => screen.getByRole('button', { name })

const fillIn = async (user: Awaited<ReturnType<typeof open>>['user']) => {
  await user.type(input('Name'), 'acme-prod · support')
  await user.type(input('User pool id'), 'eu-west-1_Zk3Lm0aa')
  await user.type(input('App client id'), '4k2v9q1t0abcdefghijklmnopq')
}

describe('adding a profile', () => {
  test('starts in the name and sends what was filled in with main’s defaults, nothing blank', async () => {
    const { bridge, user, onClose } = await open()
    expect(document.activeElement).toBe(input('Name'))
    await fillIn(user)
    await user.click(press('Add'))
    expect(bridge.callsOf('profiles.add')).toEqual([
      [
        {
          settings: {
            name: 'acme-prod · support',
            environment: 'development',
            userPoolId: 'eu-west-1_Zk3Lm0aa',
            clientId: '4k2v9q1t0abcdefghijklmnopq',
            hasClientSecret: false,
            signInMethod: 'srp',
            storage: 'keychain',
            refreshLeadSeconds: 300,
            refreshTokenLifetimeSeconds: 2_592_000,
            exportFormat: 'bash',
            availableToCommandLine: false,
            endpoints: {},
          },
        },
      ],
    ])
    expect(onClose).toHaveBeenCalledOnce()
  })

  test('says what a right value looks like when a field is left, and takes it back once it is right', async () => {
    const { user } = await open()
    await user.type(input('App client id'), '4k2v-9q1t')
    await user.click(input('Name'))
    expect(errorOf('App client id')).toBe(
      'An app client id has only lower-case letters and digits, about 26 of them.',
    )
    expect(input('App client id').getAttribute('aria-invalid')).toBe('true')
    await user.clear(input('App client id'))
    await user.type(input('App client id'), '4k2v9q1t')
    expect(errorOf('App client id')).toBeUndefined()
  })

  test('is not sent while something needed is blank; the first such field has the focus', async () => {
    const { bridge, user } = await open()
    await user.type(input('Name'), 'acme')
    await user.click(press('Add'))
    expect(errorOf('User pool id')).toBe('A user pool id looks like eu-west-1_Ab12Cd34E.')
    expect(document.activeElement).toBe(input('User pool id'))
    expect(bridge.callsOf('profiles.add')).toEqual([])
  })

  test('a refusal of main goes to its field, behind More too, with the focus, and nothing typed is lost', async () => {
    const message = 'An endpoint is an https address, or http on this machine only (http://127.0.0.1:9229).'
    const { user, onClose } = await open(undefined, (bridge) =>
      bridge.refuses('profiles.add', 'input.invalid', { field: 'endpoints.sts', message }),
    )
    await fillIn(user)
    await user.click(press('Add'))
    expect(errorOf('STS endpoint')).toBe(message)
    expect(document.activeElement).toBe(input('STS endpoint'))
    expect(input('STS endpoint').closest('details')?.open).toBe(true)
    expect(input('Name').value).toBe('acme-prod · support')
    expect(onClose).not.toHaveBeenCalled()
    await user.type(input('STS endpoint'), 'https://sts.example.com')
    expect(errorOf('STS endpoint')).toBeUndefined()
  })

  test('a refusal about no field is a note with its remedy', async () => {
    const { user } = await open(undefined, (bridge) => bridge.refuses('profiles.add', 'profiles.not-saved'))
    await fillIn(user)
    await user.click(press('Add'))
    expect(screen.getByRole('alert').textContent).toContain(failure('profiles.not-saved').remedy)
    expect(input('Name').value).toBe('acme-prod · support')
  })

  test('a preset is filled in', async () => {
    await open({ kind: 'add', preset: { name: 'demo', userPoolId: 'local_demo1' } })
    expect(input('Name').value).toBe('demo')
    expect(input('User pool id').value).toBe('local_demo1')
  })
})

describe('pasting', () => {
  test.each(['Name', 'User pool id'])('an issuer into %s fills what it names, and says so', async (label) => {
    const { user } = await open()
    await user.click(input(label))
    await user.paste('http://127.0.0.1:9229/local_demo1/.well-known/jwks.json')
    expect(input('User pool id').value).toBe('local_demo1')
    expect(input('User pool endpoint').value).toBe('http://127.0.0.1:9229')
    expect(input('Name').value).toBe('')
    expect(screen.getByRole('status').textContent).toBe(
      'Filled in from what you pasted: user pool id, user pool endpoint.',
    )
  })

  test('an identity pool id goes to its own field', async () => {
    const { user } = await open()
    await user.click(input('Name'))
    await user.paste('eu-west-1:12345678-90ab-cdef-1234-567890abcdef')
    expect(input('Identity pool id').value).toBe('eu-west-1:12345678-90ab-cdef-1234-567890abcdef')
  })

  test('an ordinary text stays where it was pasted, without asking main', async () => {
    const { bridge, user } = await open()
    await user.click(input('Name'))
    await user.paste('acme-prod')
    expect(input('Name').value).toBe('acme-prod')
    expect(bridge.callsOf('profiles.recognise')).toEqual([])
  })

  test('an address main does not know lands in the field', async () => {
    const { user } = await open()
    await user.type(input('Name'), 'see ')
    await user.paste('https://example.com/')
    expect(input('Name').value).toBe('see https://example.com/')
  })
})

describe('a whole configuration pasted into the form', () => {
  const text = '{"auth":{"user_pool_id":"eu-west-1_Zk3Lm0aa"}}'

  test('goes on as an import, with the name that was typed', async () => {
    const { bridge, user } = await open()
    const [row] = samplePreview.profiles
    const preview = { ...samplePreview, profiles: row ? [row] : [] }
    bridge.answers('profiles.previewImport', preview)
    await user.type(input('Name'), 'mine')
    await user.click(input('User pool id'))
    await user.paste(text)
    expect(bridge.callsOf('profiles.previewImport')).toEqual([[{ kind: 'text', text }]])
    expect(currentDialog()).toEqual({
      kind: 'import-profiles',
      begun: { text, looked: ok({ ...preview, profiles: [{ ...row, name: 'mine' }] }) },
    })
  })

  test('that main cannot read lands in the field', async () => {
    const { bridge, user } = await open()
    bridge.refuses('profiles.previewImport', 'import.unrecognised')
    await user.click(input('Name'))
    await user.paste('{pool}')
    expect(input('Name').value).toBe('{pool}')
  })

  test('is text like any other while a profile is edited', async () => {
    const { bridge, user } = await open({ kind: 'edit', profileId: withSecret.profile.id })
    await user.click(input('Name'))
    await user.paste('{pool}')
    expect(bridge.callsOf('profiles.previewImport')).toEqual([])
  })
})

describe('the client secret', () => {
  const edit: ProfileFormMode = { kind: 'edit', profileId: withSecret.profile.id }

  test('that is stored is never shown, and stays when nothing is said about it', async () => {
    const { bridge, user } = await open(edit)
    expect(screen.getByRole('group', { name: 'App client secret' }).textContent).toContain(
      'Stored in the keychain.',
    )
    await user.click(press('Save'))
    const [, sent] = bridge.callsOf('profiles.update')[0] ?? []
    expect(sent?.settings['hasClientSecret']).toBe(true)
    expect(sent).not.toHaveProperty('clientSecret')
  })

  test('is replaced by what is typed', async () => {
    const { bridge, user } = await open(edit)
    await user.click(press('Replace'))
    expect(document.activeElement).toBe(input('App client secret'))
    await user.keyboard('new-secret')
    await user.click(press('Save'))
    expect(bridge.callsOf('profiles.update')[0]?.[1].clientSecret).toBe('new-secret')
  })

  test('is removed on request, and kept when that is taken back', async () => {
    const { bridge, user } = await open(edit)
    await user.click(press('Remove'))
    await user.click(press('Keep it'))
    await user.click(press('Remove'))
    await user.click(press('Save'))
    expect(bridge.callsOf('profiles.update')[0]?.[1].settings['hasClientSecret']).toBe(false)
  })

  test('of a new profile is asked for where the client has one, and missing it is told there', async () => {
    const { bridge, user } = await open(undefined, (fake) =>
      fake.refuses('profiles.add', 'input.invalid', { field: 'clientSecret', message: 'Unknown yet.' }),
    )
    await fillIn(user)
    await user.click(screen.getByLabelText('The app client has a secret'))
    await user.click(press('Add'))
    expect(bridge.callsOf('profiles.add')[0]?.[0].settings['hasClientSecret']).toBe(true)
    expect(errorOf('App client secret')).toBe('Unknown yet.')
    expect(document.activeElement).toBe(input('App client secret'))
  })
})

describe('the sign-in method', () => {
  test('is SRP or plain password behind one segment', async () => {
    const { bridge, user } = await open()
    await fillIn(user)
    await user.click(screen.getByRole('radio', { name: 'Plain password' }))
    await user.click(press('Add'))
    expect(bridge.callsOf('profiles.add')[0]?.[0].settings['signInMethod']).toBe('password')
  })

  // Browser sign-in begins elsewhere: see managed-login/.
  test.each(methodSegments.filter(({ value }) => value !== 'browser'))(
    '$label is one that main can begin',
    ({ value }) => {
      const profile = sampleProfile(1, { signInMethod: methodOf(value) })
      expect(flowOf(profile, 'pw', (size) => Buffer.alloc(size, 7)).ok).toBe(true)
    },
  )

  test('Choice asks for the preferred way', async () => {
    const { bridge, user } = await open()
    await fillIn(user)
    expect(screen.queryByLabelText('Preferred way')).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Choice' }))
    await user.selectOptions(screen.getByLabelText('Preferred way'), 'Code by e-mail')
    await user.click(press('Add'))
    expect(bridge.callsOf('profiles.add')[0]?.[0].settings).toMatchObject({
      signInMethod: 'choice',
      preferredChallenge: 'EMAIL_OTP',
    })
  })

  test('Browser asks where the login page is and where it comes back', async () => {
    const { bridge, user } = await open()
    await fillIn(user)
    await user.click(screen.getByRole('radio', { name: 'Browser' }))
    expect(input('Callback URL').closest('details')).toBeNull()
    await user.type(input('Domain of the login page'), 'login.example.com')
    await user.type(input('Callback URL'), 'http://localhost:49152/callback')
    await user.type(input('Scopes'), 'openid  email')
    await user.type(input('Identity provider'), 'Google')
    await user.click(press('Add'))
    expect(bridge.callsOf('profiles.add')[0]?.[0].settings).toMatchObject({
      signInMethod: 'browser',
      domain: 'login.example.com',
      callbackUrl: 'http://localhost:49152/callback',
      scopes: ['openid', 'email'],
      identityProvider: 'Google',
    })
  })

  test('every other one has the browser’s fields behind More, since it can be used instead', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('radio', { name: 'Custom' }))
    expect(input('Callback URL').closest('details')).not.toBeNull()
  })
})

describe('client metadata', () => {
  test('is rows of names and values, added and removed', async () => {
    const { bridge, user } = await open()
    await fillIn(user)
    await user.click(press('Add a row'))
    await user.type(input('Name 1'), 'tenant')
    await user.type(input('Value 1'), 'acme')
    await user.click(press('Add a row'))
    await user.type(input('Name 2'), 'gone')
    await user.click(press('Remove row 2'))
    await user.click(press('Add'))
    expect(bridge.callsOf('profiles.add')[0]?.[0].settings).toMatchObject({
      clientMetadata: { tenant: 'acme' },
    })
  })

  test('that main refuses says so at the rows', async () => {
    const { user } = await open(undefined, (bridge) =>
      bridge.refuses('profiles.add', 'input.invalid', {
        field: 'clientMetadata.tenant',
        message: 'Too long.',
      }),
    )
    await fillIn(user)
    await user.click(press('Add a row'))
    await user.click(press('Add'))
    expect(screen.getByRole('alert').textContent).toBe('Too long.')
    expect(document.activeElement).toBe(input('Name 1'))
  })
})

describe('Check connection', () => {
  test('tells what answered', async () => {
    const { bridge, user } = await open()
    bridge.answers('profiles.check', { issuer: 'https://cognito-idp.example/eu-west-1_Zk3Lm0aa', keys: 2 })
    await fillIn(user)
    await user.click(press('Check connection'))
    const note = screen.getByRole('alert')
    expect(note.textContent).toContain('The user pool answers')
    expect(note.textContent).toContain('https://cognito-idp.example/eu-west-1_Zk3Lm0aa has 2 signing keys.')
    await user.type(input('Name'), '!')
    expect(screen.queryByText('The user pool answers')).toBeNull()
  })

  test('puts a refusal at its field', async () => {
    const { bridge, user } = await open()
    bridge.handles('profiles.check', () => fail('input.invalid', { field: 'userPoolId', message: 'Not so.' }))
    await user.click(press('Check connection'))
    expect(errorOf('User pool id')).toBe('Not so.')
  })

  test('tells why nothing answered', async () => {
    const { bridge, user } = await open()
    bridge.refuses('profiles.check', 'network.offline')
    await user.click(press('Check connection'))
    expect(screen.getByRole('alert').textContent).toContain('The endpoint could not be reached.')
  })
})

test('editing starts from the profile and saves all of it', async () => {
  const { bridge, user, onClose } = await open({ kind: 'edit', profileId: sampleId(5) })
  const before = sampleProfiles().find(({ profile }) => profile.id === sampleId(5))?.profile
  await user.clear(input('Name'))
  await user.type(input('Name'), 'renamed')
  await user.click(press('Save'))
  const { id, ...settings } = before ?? sampleProfile(5)
  expect(bridge.callsOf('profiles.update')).toEqual([[id, { settings: { ...settings, name: 'renamed' } }]])
  expect(onClose).toHaveBeenCalledOnce()
})
