import { parseEnv } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type FormatOptions,
  formatCredentials,
  maskCredentials,
  sectionNameFor,
} from '../../../main/credentials/formats.ts'
import { credentialFormats } from '../../../main/profiles/profile.ts'
import { anyCredentials, awsCredentials, draw, sampleCredentials, seed } from './samples.ts'

const options = (format: FormatOptions['format'], platform: NodeJS.Platform = 'linux'): FormatOptions => ({
  format,
  region: 'eu-west-1',
  sectionName: 'acme-staging · ana',
  platform,
})

const written = (format: FormatOptions['format'], platform?: NodeJS.Platform): string => {
  const text = formatCredentials(sampleCredentials, options(format, platform))
  return text.ok ? text.value : `refused: ${text.failure.field}`
}

const { accessKeyId: id, secretAccessKey: secret, sessionToken: token } = sampleCredentials

test('bash and zsh', () => {
  expect(written('bash')).toBe(
    `export AWS_ACCESS_KEY_ID=${id}\nexport AWS_SECRET_ACCESS_KEY=${secret}\nexport AWS_SESSION_TOKEN=${token}\n` +
      `export AWS_REGION=eu-west-1\nexport AWS_DEFAULT_REGION=eu-west-1\n` +
      `export AWS_CREDENTIAL_EXPIRATION='2026-11-20T15:42:10Z'\n`,
  )
})

test('fish', () => {
  expect(written('fish').split('\n').slice(0, 4)).toEqual([
    `set -gx AWS_ACCESS_KEY_ID ${id}`,
    `set -gx AWS_SECRET_ACCESS_KEY ${secret}`,
    `set -gx AWS_SESSION_TOKEN ${token}`,
    'set -gx AWS_REGION eu-west-1',
  ])
})

test.for([
  ['win32', '\r\n'],
  ['darwin', '\n'],
] as const)('PowerShell on %s ends its lines as the platform does', ([platform, lineEnd]) => {
  const text = written('powershell', platform)
  expect(
    text.startsWith(`$env:AWS_ACCESS_KEY_ID = '${id}'${lineEnd}$env:AWS_SECRET_ACCESS_KEY = '${secret}'`),
  ).toBe(true)
  expect(text.endsWith(`'2026-11-20T15:42:10Z'${lineEnd}`)).toBe(true)
})

test('cmd ends its lines in CR LF everywhere', () => {
  expect(written('cmd').split('\r\n')).toEqual([
    `set "AWS_ACCESS_KEY_ID=${id}"`,
    `set "AWS_SECRET_ACCESS_KEY=${secret}"`,
    `set "AWS_SESSION_TOKEN=${token}"`,
    'set "AWS_REGION=eu-west-1"',
    'set "AWS_DEFAULT_REGION=eu-west-1"',
    'set "AWS_CREDENTIAL_EXPIRATION=2026-11-20T15:42:10Z"',
    '',
  ])
})

test('JSON is the answer of a credential_process', () => {
  expect(JSON.parse(written('json'))).toEqual({
    Version: 1,
    AccessKeyId: id,
    SecretAccessKey: secret,
    SessionToken: token,
    Expiration: '2026-11-20T15:42:10Z',
  })
})

test('a section of an AWS credentials file is named after the profile', () => {
  expect(written('aws-credentials')).toBe(
    `[acme-staging-ana]\n# Expires 2026-11-20T15:42:10Z\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n` +
      `aws_session_token = ${token}\nregion = eu-west-1\n`,
  )
})

test.for([
  ['acme-staging · ana', 'acme-staging-ana'],
  ['default', 'default'],
  ['Zoë (prod)', 'Zoe-prod'],
  ['a]b\n[c', 'a-b-c'],
  ['../../etc', 'etc'],
  ['日本', 'sesame'],
  ['···', 'sesame'],
  // Python's tools read [DEFAULT] into every section; the SDK for JavaScript breaks at the other.
  ['DEFAULT', 'sesame'],
  ['__proto__', 'sesame'],
] as const)('the profile %j becomes the section %s', ([name, section]) => {
  expect(sectionNameFor(name)).toBe(section)
  expect(sectionNameFor(section)).toBe(section)
})

test.for([
  ['cmd', 'AWS_SECRET_ACCESS_KEY', 'a%PATH%b'],
  ['cmd', 'AWS_SECRET_ACCESS_KEY', 'a!b!'],
  ['cmd', 'AWS_SECRET_ACCESS_KEY', 'a^b'],
  ['cmd', 'AWS_SECRET_ACCESS_KEY', 'a"&calc&"'],
  ['cmd', 'AWS_SECRET_ACCESS_KEY', 'a\r\ncalc'],
  ['cmd', 'AWS_SECRET_ACCESS_KEY', 'x'.repeat(8_170)],
  ['bash', 'AWS_SECRET_ACCESS_KEY', 'a\u001b[31m'],
  ['powershell', 'AWS_SECRET_ACCESS_KEY', 'a\nb'],
  ['dotenv', 'AWS_SECRET_ACCESS_KEY', 'a$b'],
  ['aws-credentials', 'aws_secret_access_key', 'a b'],
  ['aws-credentials', 'aws_secret_access_key', 'a#b'],
] as const)('%s refuses for %s what it cannot hold: %j', ([format, field, secretAccessKey]) => {
  const text = formatCredentials({ ...sampleCredentials, secretAccessKey }, options(format))
  expect(text).toMatchObject({ ok: false, failure: { code: 'credentials.not-representable', field } })
  expect(JSON.stringify(text)).not.toContain(secretAccessKey.slice(0, 20))
})

test('no format refuses what AWS issues', () => {
  fc.assert(
    fc.property(awsCredentials, fc.constantFrom(...credentialFormats), (credentials, format) => {
      expect(formatCredentials(credentials, options(format)).ok).toBe(true)
    }),
  )
})

/** What a reader of the format gets back otherwise than it went in, of all that the format did not refuse. */
const changed = (
  format: FormatOptions['format'],
  read: (text: string) => Record<string, string | undefined>,
): unknown[] => {
  const written = [...draw(anyCredentials, 500), ...draw(awsCredentials, 100)].flatMap((credentials) => {
    const text = formatCredentials(credentials, options(format, 'win32'))
    return text.ok ? [{ credentials, text: text.value }] : []
  })
  if (written.length < 100) throw new Error(`only ${written.length} were not refused`)
  return written.flatMap(({ credentials, text }) => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = read(text)
    const same =
      AWS_ACCESS_KEY_ID === accessKeyId &&
      AWS_SECRET_ACCESS_KEY === secretAccessKey &&
      AWS_SESSION_TOKEN === sessionToken
    return same ? [] : [{ credentials, text }]
  })
}

test(".env: Node's own parser reads back every value that was not refused", () => {
  expect(
    changed('dotenv', (text) => parseEnv(text)),
    `with seed ${seed}`,
  ).toEqual([])
})

test('JSON: every text comes back, control characters included', () => {
  const read = (text: string): Record<string, string> => {
    const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(text)
    return {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    }
  }
  expect(changed('json', read), `with seed ${seed}`).toEqual([])
})

// PowerShell's tokenizer: a single-quoted string ends at the first single quote (of four kinds) that another does not follow.
const readPowerShell = (text: string): Record<string, string> => {
  const variables: Record<string, string> = {}
  for (const line of text.split(/\r?\n/).slice(0, -1)) {
    const [, name = '', source = ''] = /^\$env:(\w+) = '(.*)$/s.exec(line) ?? []
    let value = ''
    let at = 0
    while (at < source.length) {
      const character = source.charAt(at)
      if (/['‘’‚‛]/.test(character)) {
        if (!/['‘’‚‛]/.test(source.charAt(at + 1))) break
        at += 1
      }
      value += character
      at += 1
    }
    if (at !== source.length - 1) throw new Error(`something follows the string: ${source.slice(at)}`)
    variables[name] = value
  }
  return variables
}

test('PowerShell: the rule of its single-quoted strings gives every value back', () => {
  expect(changed('powershell', readPowerShell), `with seed ${seed}`).toEqual([])
})

// cmd: percent expansion first, then `^`, `!` and command separators count outside quotes only, then set takes what lies between
// its first and its last quote.
const readCmd = (text: string): Record<string, string> => {
  const variables: Record<string, string> = {}
  for (const line of text.split('\r\n').slice(0, -1)) {
    if (/[%!^\r\n]/.test(line)) throw new Error(`cmd would read this line in another way: ${line}`)
    const outside = line.split('"').filter((_part, index) => index % 2 === 0)
    if (outside.some((part) => /[&|<>()]/.test(part))) throw new Error(`a command follows: ${line}`)
    const [, name = '', value = ''] = /^set "(\w+)=(.*)"$/s.exec(line) ?? []
    variables[name] = value
  }
  return variables
}

test('cmd: nothing in a line means more than itself', () => {
  expect(changed('cmd', readCmd), `with seed ${seed}`).toEqual([])
})

// The strictest reader of AWS's shared files, that of the SDK for JavaScript: comments cut, text around `=` trimmed.
const readSection = (text: string): Record<string, string> => {
  const names: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const [content = ''] = line.split(/(?:^|\s)[;#]/)
    const at = content.indexOf('=')
    if (at > 0) names[content.slice(0, at).trim().toUpperCase()] = content.slice(at + 1).trim()
  }
  return names
}

test('AWS credentials section: the strictest reader gives every value back', () => {
  expect(changed('aws-credentials', readSection), `with seed ${seed}`).toEqual([])
})

test.for([...credentialFormats])('masked %s shows which key it is and no secret', (format) => {
  const masked = maskCredentials(sampleCredentials, options(format))
  const text = masked.ok ? masked.value : ''
  expect(text).toContain(`ASIA${'•'.repeat(12)}4QJ2`)
  expect(text).toContain('(1\u00A0184 characters)')
  for (let at = 0; at + 6 <= secret.length; at += 1) expect(text).not.toContain(secret.slice(at, at + 6))
  expect(text).not.toContain(token.slice(0, 8))
})

test('the mask of a secret key is the same for every key', () => {
  fc.assert(
    fc.property(anyCredentials, ({ secretAccessKey }) => {
      const masked = maskCredentials({ ...sampleCredentials, secretAccessKey }, options('bash'))
      expect(masked).toEqual(maskCredentials(sampleCredentials, options('bash')))
    }),
  )
})

test('a key id too short to keep a secret is masked whole', () => {
  const masked = maskCredentials({ ...sampleCredentials, accessKeyId: 'ASIA4QJ2' }, options('bash'))
  expect(masked).toMatchObject({
    ok: true,
    value: expect.stringMatching(/^export AWS_ACCESS_KEY_ID=•{16}\n/),
  })
})

test('masked bash looks as in the mockup', () => {
  const masked = maskCredentials(sampleCredentials, options('bash'))
  expect(masked.ok ? masked.value.split('\n').slice(0, 4) : masked).toEqual([
    'export AWS_ACCESS_KEY_ID=ASIA••••••••••••4QJ2',
    'export AWS_SECRET_ACCESS_KEY=••••••••••••••••••••••••••••••••••••••••',
    'export AWS_SESSION_TOKEN=•••••••••••••••••••••••••••••••• (1\u00A0184 characters)',
    'export AWS_REGION=eu-west-1',
  ])
})
