import { describe, expect, it } from 'vitest'
import { redact, redactText } from '../../../main/logging/redact.ts'

const jwt =
  'eyJraWQiOiJhYmMiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI1ZjFjLWIwOWUiLCJlbWFpbCI6ImFuYUBhY21lLmlvIn0.c2lnbmF0dXJlLXdpdGgtLWRhc2hlcw'
const jwe = 'eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIn0.Zm9v-key_.aXYx.Y2lwaGVydGV4dA.dGFn'
const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const sessionToken = `IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJH${'MEUCIQDx+z/9'.repeat(40)}==`
const clientSecret = '1pn7q4vq3dqk0m0h2dqk8d9r6s5t4u3v2w1x0y9z8a7b6c5d4e3f'
const devicePassword = Buffer.from('0123456789abcdefghij0123456789abcdefghij').toString('base64')

describe('no secret survives redaction, told by its shape', () => {
  it.each([
    ['an ID or access token', jwt, `token is ${jwt}`],
    ['a refresh token (five-part JWE)', jwe, `refresh with ${jwe}!`],
    ['a token cut short', jwt.slice(0, 60), `starts ${jwt.slice(0, 60)}…`],
    ['a token inside JSON', jwt, JSON.stringify({ a: { b: jwt } })],
    ['a temporary access key id', 'ASIAQWERTYUIOPASDFGH', 'key ASIAQWERTYUIOPASDFGH used'],
    ['a long-term access key id', 'AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    ['a secret access key', secretKey, `with ${secretKey} and more`],
    ['a secret access key in an export block', secretKey, `export AWS_SECRET_ACCESS_KEY='${secretKey}'`],
    ['a session token', sessionToken, `export AWS_SESSION_TOKEN=${sessionToken}`],
    ['a client secret', clientSecret, `SECRET ${clientSecret} is wrong`],
    ['a device password', devicePassword, devicePassword],
    [
      'a TOTP secret',
      'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPABCD',
      'scan JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPABCD',
    ],
    ['an authorization code', 'b5ef2f1c-7c1e', 'http://127.0.0.1:4711/callback?code=b5ef2f1c-7c1e&state=st'],
    ['an OAuth state', 'st4t3', 'app opened /cb?x=1&state=st4t3'],
    ['a token in a fragment', 'abc.def', 'https://x.example/#id_token=abc.def'],
    ['a callback of our scheme', 'b5ef2f1c', 'argv sesame://callback?code=b5ef2f1c'],
    ['a signed address', 'deadbeef', 'https://s3.amazonaws.com/x?X-Amz-Signature=deadbeef'],
    ['a sign-in token of the console', 'short', 'https://signin.aws.amazon.com/federation?SigninToken=short'],
    ["a proxy's password", 'pr0xy-pa55', 'proxy http://ana:pr0xy-pa55@proxy.example:8080 refused'],
    ["a proxy's password with an @", 'pr0xy@pa55', 'ERR_PROXY http://ana:pr0xy@pa55@proxy.example/'],
    ['a container token', 'k3'.repeat(21), `AWS_CONTAINER_AUTHORIZATION_TOKEN ${'k3'.repeat(21)}`],
    ['a bearer header', 'opaque-token', 'Authorization: Bearer opaque-token'],
    ['a password in text', 'hunter2', 'bad input password=hunter2 for ana'],
    ['a password in JSON text', 'hunt"er2', 'body was {"password":"hunt\\"er2","user":"ana"}'],
    ['a quoted secret with spaces', 'correct horse', "clientSecret: 'correct horse battery'"],
  ])('%s', (_name, secret, text) => {
    expect(text).toContain(secret.slice(0, 4))
    expect(redactText(text)).not.toContain(secret)
    expect(redactText(text)).not.toContain(secret.slice(0, Math.max(5, secret.length / 2)))
  })
})

describe('what helps to find a fault stays readable', () => {
  it.each([
    'NotAuthorizedException: Refresh Token has been revoked',
    'profile 0f8fad5b-d9cd-469f-a165-70867728950e in eu-west-1_Ab12Cd34E',
    'identity eu-west-1:0f8fad5b-d9cd-469f-a165-70867728950e',
    'ENOSPC: no space left on device, write /home/ana/.config/Sesame/profiles.json',
    'at refresh (file:///opt/Sesame/resources/app.asar/out/main/index.js:12:345)',
    'arn:aws:iam::123456789012:role/orders-dev',
    'request id 1f2e3d4c-aaaa-bbbb-cccc-0123456789ab took 120 ms',
  ])('%s', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

describe('redact', () => {
  it('hides fields by their name, at any depth, whatever their form', () => {
    const input = {
      password: 'x',
      nested: [{ refreshToken: 'abc', clientSecret: { a: 1 }, Authorization: 'y', session: 'AYABe' }],
      code: '123456',
    }
    expect(redact(input)).toEqual({
      password: '[redacted]',
      nested: [
        {
          refreshToken: '[redacted]',
          clientSecret: '[redacted]',
          Authorization: '[redacted]',
          session: '[redacted]',
        },
      ],
      code: '[redacted]',
    })
  })

  it('keeps failure codes, error codes, counts and flags', () => {
    const input = { code: 'vault.timed-out', tokens: 3, hasClientSecret: true, inner: { code: 'ENOSPC' } }
    expect(redact(input)).toEqual(input)
  })

  it('takes errors apart, causes and stacks included, and redacts them', () => {
    const error = new Error(`bad ${jwt}`, { cause: new TypeError('password=hunter2') })
    const text = JSON.stringify(redact({ error }))
    expect(text).toContain('TypeError')
    expect(text).toContain('redact.test.ts')
    expect(text).not.toContain(jwt)
    expect(text).not.toContain('hunter2')
  })

  it('survives cycles, depth, binary data, long lists and long texts', () => {
    const cycle: Record<string, unknown> = { bytes: Buffer.from('secret') }
    cycle['self'] = cycle
    expect(redact(cycle)).toEqual({ bytes: '[6 bytes]', self: '[cycle]' })
    let deep: unknown = 'end'
    for (let n = 0; n < 20; n++) deep = { deep }
    expect(JSON.stringify(redact(deep))).toContain('[deeper]')
    expect(redact(Array.from({ length: 60 }, (_, n) => n))).toHaveLength(51)
    expect(String(redact('a b '.repeat(5_000)))).toHaveLength(4_096 + '… (20000 characters)'.length)
  })

  it('answers hostile input in linear time', () => {
    const started = performance.now()
    for (const part of ['a', 'a-', 'password', 'eyJ', 'token=', '&code', '/aB1', 'Bearer ', '\\"']) {
      redactText(part.repeat(65_536 / part.length))
    }
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
