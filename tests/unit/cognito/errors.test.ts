import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as identityPoolSdk from '@aws-sdk/client-cognito-identity'
import * as userPoolSdk from '@aws-sdk/client-cognito-identity-provider'
import * as stsSdk from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import { isMapped, type Occasion, safeDetail, toFailure } from '../../../main/cognito/errors.ts'
import type { FailureCode } from '../../../main/failure.ts'
import { errorRows } from './error-rows.ts'

const require = createRequire(import.meta.url)

/** The exceptions an operation declares, from the SDK's own model: `@throws` of its command. */
const declaredBy = (client: string, operation: string): string[] => {
  const root = dirname(require.resolve(`@aws-sdk/${client}/package.json`))
  const model = readFileSync(join(root, `dist-types/commands/${operation}Command.d.ts`), 'utf8')
  return [...model.matchAll(/@throws \{@link (\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !name.endsWith('ServiceException'))
}

const sdks: Readonly<Record<string, object>> = {
  'client-cognito-identity': identityPoolSdk,
  'client-cognito-identity-provider': userPoolSdk,
  'client-sts': stsSdk,
}

const operations: [client: string, operation: string, occasion: Occasion][] = [
  ['client-cognito-identity-provider', 'InitiateAuth', 'sign-in'],
  ['client-cognito-identity-provider', 'InitiateAuth', 'refresh'],
  ['client-cognito-identity-provider', 'RespondToAuthChallenge', 'challenge'],
  ['client-cognito-identity-provider', 'AssociateSoftwareToken', 'challenge'],
  ['client-cognito-identity-provider', 'VerifySoftwareToken', 'challenge'],
  ['client-cognito-identity-provider', 'ForgotPassword', 'code'],
  ['client-cognito-identity-provider', 'ConfirmForgotPassword', 'code'],
  ['client-cognito-identity-provider', 'ConfirmSignUp', 'code'],
  ['client-cognito-identity-provider', 'ResendConfirmationCode', 'code'],
  ['client-cognito-identity-provider', 'ConfirmDevice', 'device'],
  ['client-cognito-identity-provider', 'UpdateDeviceStatus', 'device'],
  ['client-cognito-identity-provider', 'ListDevices', 'device'],
  ['client-cognito-identity-provider', 'ForgetDevice', 'device'],
  ['client-cognito-identity-provider', 'GetTokensFromRefreshToken', 'refresh'],
  ['client-cognito-identity-provider', 'RevokeToken', 'revoke'],
  ['client-cognito-identity-provider', 'GlobalSignOut', 'global-sign-out'],
  ['client-cognito-identity', 'GetId', 'credentials'],
  ['client-cognito-identity', 'GetCredentialsForIdentity', 'credentials'],
  ['client-cognito-identity', 'GetOpenIdToken', 'credentials'],
  ['client-sts', 'AssumeRoleWithWebIdentity', 'credentials'],
]

describe('every exception that AWS declares has a row in the table', () => {
  it.each(operations)('%s %s on %s', (client, operation, occasion) => {
    const declared = declaredBy(client, operation)
    expect(declared.length).toBeGreaterThan(5)
    expect(declared.filter((name) => !isMapped(name, occasion))).toEqual([])
  })

  it('reads the list from exceptions that the SDK really has', () => {
    for (const [client, operation] of operations) {
      const sdk = sdks[client] ?? {}
      for (const name of declaredBy(client, operation)) expect(sdk).toHaveProperty(name)
    }
  })

  it('misses no operation that is used', () => {
    const sources = ['user-pool-sdk.ts', 'identity-sdk.ts'].map((file) =>
      readFileSync(new URL(`../../../main/cognito/${file}`, import.meta.url), 'utf8'),
    )
    const used = [...sources.join().matchAll(/(\w+)Command\b/g)].map(([, name]) => name)
    // STS declares no exceptions worth a list: its row is tested by name.
    const listed = [...operations.map(([, operation]) => operation), 'GetCallerIdentity']
    expect(new Set(listed)).toEqual(new Set(used))
  })

  it('notices an exception it does not know', () => {
    expect(isMapped('BrandNewException', 'sign-in')).toBe(false)
  })
})

/** An error as the SDK throws it for a service's exception. */
const exception = (name: string, message = '', status = 400) =>
  Object.assign(new Error(message), {
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status, requestId: 'request-1' },
  })

describe('what Cognito says', () => {
  it.each(errorRows)('is %s on %s: %s %s', (code, occasion, name, message) => {
    expect(toFailure(exception(name, message), occasion)).toMatchObject({ code, requestId: 'request-1' })
  })

  it('is passed on in its own words', () => {
    const { detail } = toFailure(exception('UserLambdaValidationException', 'Not on Sundays.'), 'sign-in')
    expect(detail).toBe('Not on Sundays.')
  })

  it.each<[FailureCode, number]>([
    ['service.throttled', 429],
    ['service.unavailable', 500],
    ['service.unavailable', 503],
    ['config.operation-unknown', 501],
    ['network.bad-answer', 404],
    ['network.bad-answer', 302],
  ])('is %s where only the status %i says anything', (code, status) => {
    expect(toFailure(exception('Unknown', 'UnknownError', status), 'sign-in').code).toBe(code)
  })

  it('is named where nobody has seen it before, and ends no session', () => {
    expect(toFailure(exception('BrandNewException', 'What now?'), 'refresh')).toMatchObject({
      code: 'service.refused',
      detail: 'BrandNewException (HTTP 400): What now?',
    })
    expect(toFailure(exception('NotAuthorizedException', 'Never heard of it'), 'refresh')).toMatchObject({
      code: 'service.refused',
      detail: 'NotAuthorizedException (HTTP 400): Never heard of it',
    })
  })
})

describe('what the network does', () => {
  const coded = (code: string) => Object.assign(new Error('boom'), { code })

  it.each<[FailureCode, unknown]>([
    ['network.offline', coded('ENOTFOUND')],
    ['network.offline', coded('EAI_AGAIN')],
    ['network.offline', coded('ECONNREFUSED')],
    ['network.offline', coded('ECONNRESET')],
    ['network.offline', Object.assign(coded('ECONNRESET'), { name: 'TimeoutError' })],
    ['network.offline', coded('ENETUNREACH')],
    ['network.offline', new AggregateError([coded('ECONNREFUSED')], 'both addresses')],
    ['network.offline', new TypeError('fetch failed', { cause: coded('ENOTFOUND') })],
    ['network.offline', new TypeError('fetch failed', { cause: new Error('bad port') })],
    ['network.timed-out', coded('ETIMEDOUT')],
    ['network.timed-out', Object.assign(new Error('slow'), { name: 'TimeoutError' })],
    ['network.timed-out', new TypeError('fetch failed', { cause: coded('UND_ERR_HEADERS_TIMEOUT') })],
    ['network.certificate', coded('CERT_HAS_EXPIRED')],
    ['network.proxy', coded('ERR_PROXY_TUNNEL')],
    ['network.certificate', coded('SELF_SIGNED_CERT_IN_CHAIN')],
    ['network.certificate', coded('UNABLE_TO_GET_ISSUER_CERT_LOCALLY')],
    ['network.certificate', coded('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['network.bad-answer', coded('HPE_INVALID_CONSTANT')],
    ['network.bad-answer', coded('EPROTO')],
  ])('is %s', (code, error) => {
    expect(toFailure(error, 'refresh').code).toBe(code)
  })

  it('a parser that trips over half an answer gives none of it away', () => {
    const half = Object.assign(new SyntaxError(`Unexpected end of JSON input: {"IdToken":"eyJhbGciOi`), {
      $metadata: { httpStatusCode: 200 },
      $response: { headers: { 'content-type': 'text/html; charset=utf-8' } },
    })
    const found = toFailure(half, 'refresh')
    expect(found).toMatchObject({ code: 'network.bad-answer', detail: 'HTTP 200, text/html' })
    expect(JSON.stringify(found)).not.toContain('eyJ')
  })

  const connecting = (code: string) => Object.assign(coded(code), { syscall: 'connect' })
  const reading = (code: string) => Object.assign(coded(code), { syscall: 'read' })

  it.each<[string, unknown]>([
    ['a name nobody knows', coded('ENOTFOUND')],
    ['a port nobody listens at', coded('ECONNREFUSED')],
    ['a port that fetch refuses', new TypeError('fetch failed', { cause: new Error('bad port') })],
    ['an address without a way to it', connecting('EHOSTUNREACH')],
    [
      'two addresses without an answer',
      new AggregateError([connecting('ETIMEDOUT'), connecting('ETIMEDOUT')]),
    ],
    ['a connection that takes too long', coded('UND_ERR_CONNECT_TIMEOUT')],
    [
      'a connection that takes the SDK too long',
      Object.assign(
        new Error(
          '@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 3000 ms.',
        ),
        { name: 'TimeoutError' },
      ),
    ],
    ['a certificate nobody signed', coded('SELF_SIGNED_CERT_IN_CHAIN')],
    ['a proxy that refuses', coded('ERR_PROXY_TUNNEL')],
    ['a refusal', exception('NotAuthorizedException', 'Refresh Token has been revoked')],
    ['throttling', exception('TooManyRequestsException', 'Rate exceeded')],
    ['throttling by a status', exception('Unknown', 'UnknownError', 429)],
    ['an operation nobody knows', exception('Unknown', 'UnknownError', 501)],
    ['a redirection', exception('Unknown', 'UnknownError', 302)],
  ])('%s: nothing was done', (_, error) => {
    expect(toFailure(error, 'refresh').mayBeDone).toBeUndefined()
  })

  it.each<[string, unknown]>([
    ['a connection that is reset', coded('ECONNRESET')],
    ['a connection that is reset while reading', reading('ECONNRESET')],
    ['a connection that is gone', new TypeError('fetch failed', { cause: coded('UND_ERR_SOCKET') })],
    ['a network that goes away meanwhile', reading('ENETUNREACH')],
    ['silence', new DOMException('The answer took too long', 'AbortError')],
    ['headers that do not come', new TypeError('fetch failed', { cause: coded('UND_ERR_HEADERS_TIMEOUT') })],
    ['an answer that is not HTTP', coded('HPE_INVALID_CONSTANT')],
    ['half an answer', Object.assign(new SyntaxError('half'), { $metadata: { httpStatusCode: 200 } })],
    [
      'a connection cut off in the answer',
      Object.assign(coded('ECONNRESET'), { $metadata: { httpStatusCode: 200 } }),
    ],
    ['a load balancer', Object.assign(new SyntaxError('<'), { $metadata: { httpStatusCode: 504 } })],
    ['an internal error', exception('InternalErrorException', 'Internal error', 500)],
  ])('%s: it may have been done', (_, error) => {
    expect(toFailure(error, 'refresh').mayBeDone).toBe(true)
  })

  it('a bug stays an exception', () => {
    const bug = new TypeError('undefined is not a function')
    expect(() => toFailure(bug, 'refresh')).toThrow(bug)
  })
})

describe('details are fit to show', () => {
  const token = `eyJ${'a'.repeat(40)}.eyJ${'b'.repeat(400)}.${'c'.repeat(300)}`
  it.each([
    [
      'an ordinary sentence',
      'User pool client 4abc does not exist.',
      'User pool client 4abc does not exist.',
    ],
    ['a quoted value', "Value 'hunter2-hunter2' at 'password' failed", "Value at 'password' failed"],
    ['a token', `got ${token} here`, 'got … here'],
    ['an opaque key', `got ${'k'.repeat(90)} here`, 'got … here'],
    ['lines', 'one\n  two', 'one two'],
    [
      'a host name',
      'cognito-idp.eu-west-1.amazonaws.com said no',
      'cognito-idp.eu-west-1.amazonaws.com said no',
    ],
  ])('%s', (_, message, shown) => {
    expect(safeDetail(message)).toBe(shown)
  })

  it('what the request kept secret is not quoted back', () => {
    const error = exception('UserLambdaValidationException', 'wrong password Tr0ub4dor&3 for ana')
    expect(toFailure(error, 'sign-in', ['Tr0ub4dor&3']).detail).toBe('wrong password … for ana')
  })

  it('long ones are cut', () => {
    expect(safeDetail('no '.repeat(400))).toHaveLength(300)
  })

  it('a run without an end does not hold everything up', () => {
    expect(safeDetail(`got ${'k'.repeat(500_000)} here`)).toBe('got … here')
  })
})
