import { describe, expect, it } from 'vitest'
import { externalAddress } from '../../../main/desktop/external-links.ts'

describe('a link opens in the browser', () => {
  it.each([
    'https://docs.aws.amazon.com/cognito/latest/developerguide/',
    'https://console.aws.amazon.com/cognito/v2/idp/user-pools?region=eu-west-1#x',
    'https://eu-west-1.console.aws.amazon.com/cognito/',
    'https://console.amazonaws.cn/',
    'https://signin.aws.amazon.com/federation?Action=login',
  ])('%s', (address) => {
    expect(externalAddress(address)).toBe(address)
  })
})

describe('a link is refused', () => {
  it.each([
    ['plain http', 'http://docs.aws.amazon.com/'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,<script>alert(1)</script>'],
    ['a protocol handler of the system', 'ms-msdt:/id'],
    ['a network share', 'smb://docs.aws.amazon.com/x'],
    ['our own scheme', 'app://sesame/'],
    ['an unknown host', 'https://example.org/'],
    ['a host that ends like a known one', 'https://evildocs.aws.amazon.com/'],
    ['a host that starts like a known one', 'https://docs.aws.amazon.com.evil.example/'],
    ['a host that contains an ending', 'https://x.console.aws.amazon.com.evil.example/'],
    ['an ending without its dot', 'https://evilconsole.aws.amazon.com/'],
    ['a known host as user name', 'https://docs.aws.amazon.com@evil.example/'],
    ['a user name', 'https://ana@docs.aws.amazon.com/'],
    ['a port', 'https://docs.aws.amazon.com:8443/'],
    ['a trailing dot', 'https://docs.aws.amazon.com./'],
    ['no address', 'docs.aws.amazon.com'],
    ['nothing', ''],
  ])('%s', (_name, address) => {
    expect(externalAddress(address)).toBeUndefined()
  })
})
