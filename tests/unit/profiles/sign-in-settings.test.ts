import { describe, expect, test } from 'vitest'
import { checkSettings } from '../../../main/profiles/check-settings.ts'
import { sampleSettings } from './samples.ts'

const withValue = (field: string, value: unknown) => checkSettings({ ...sampleSettings(), [field]: value })

describe('settings of signing in are read as they are meant', () => {
  test.for([
    ['domain', 'acme.auth.eu-west-1.amazoncognito.com', 'https://acme.auth.eu-west-1.amazoncognito.com'],
    ['domain', ' https://login.example.com/ ', 'https://login.example.com'],
    ['domain', 'http://127.0.0.1:9229', 'http://127.0.0.1:9229'],
    ['domain', '', undefined],
    ['callbackUrl', 'http://localhost:49152/callback', 'http://localhost:49152/callback'],
    ['callbackUrl', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['callbackUrl', 'http://[::1]:3000/', 'http://[::1]:3000/'],
    ['callbackUrl', 'sesame://callback', 'sesame://callback'],
    ['logoutUrl', 'https://example.com/bye', 'https://example.com/bye'],
    ['logoutUrl', 'sesame://bye', 'sesame://bye'],
    ['scopes', ' openid  email ', ['openid', 'email']],
    ['scopes', ['openid', 'https://api.example.com/read'], ['openid', 'https://api.example.com/read']],
    ['scopes', '', undefined],
    ['identityProvider', ' Google ', 'Google'],
    ['preferredChallenge', 'EMAIL_OTP', 'EMAIL_OTP'],
    ['preferredChallenge', '', undefined],
    ['clientMetadata', { tenant: 'acme' }, { tenant: 'acme' }],
  ] as const)('%s %j', ([field, typed, stored]) => {
    const checked = withValue(field, typed)
    expect(checked).toMatchObject({ ok: true })
    expect(checked.ok && Reflect.get(checked.value, field)).toEqual(stored)
  })
})

describe('wrong ones are refused at their field, with what a right one looks like', () => {
  test.for([
    ['domain', 'http://login.example.com', /acme\.auth/],
    ['domain', 'https://login.example.com/?x=1', /acme\.auth/],
    ['domain', 'not a host', /acme\.auth/],
    ['callbackUrl', 'https://example.com/callback', /http:\/\/localhost:49152/],
    ['callbackUrl', 'http://localhost/callback', /http:\/\/localhost:49152/],
    ['callbackUrl', 'http://localhost:3000/?state=mine', /http:\/\/localhost:49152/],
    ['callbackUrl', 'http://192.168.0.1:3000/', /http:\/\/localhost:49152/],
    ['callbackUrl', 'http://user@localhost:3000/', /http:\/\/localhost:49152/],
    ['callbackUrl', 'other://callback', /http:\/\/localhost:49152/],
    ['identityProvider', 'x'.repeat(129), /such as Google/],
  ] as const)('%s %j', ([field, typed, words]) => {
    expect(withValue(field, typed)).toMatchObject({
      ok: false,
      failure: { code: 'input.invalid', field, message: expect.stringMatching(words) },
    })
  })

  test('a scope with a quote in it', () => {
    expect(withValue('scopes', 'openid "email"')).toMatchObject({
      failure: { code: 'input.invalid', field: expect.stringMatching(/^scopes/) },
    })
  })

  // Pasted or imported, one of half a million characters would hold the app up for minutes.
  test.for([
    ['domain', 'https://login.example.com'],
    ['callbackUrl', 'http://localhost:3000'],
    ['logoutUrl', 'https://login.example.com'],
  ] as const)('%s without an end', ([field, start]) => {
    expect(withValue(field, `${start}${'/'.repeat(5_000)}x`)).toMatchObject({
      ok: false,
      failure: { code: 'input.invalid', field },
    })
  })
})
