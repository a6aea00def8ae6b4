import { expect, test } from 'vitest'
import { proxyFromEnvironment, proxyFromSystem } from '../../main/proxy.ts'

const here = 'localhost,127.0.0.1,[::1],::1'

test.for([
  ['none', {}, undefined],
  ['an empty one', { HTTPS_PROXY: '', https_proxy: '' }, undefined],
  ['an exemption without a proxy', { NO_PROXY: 'acme.test' }, undefined],
  ['one for https', { HTTPS_PROXY: 'http://p:1' }, { HTTPS_PROXY: 'http://p:1', NO_PROXY: here }],
  ['one for http', { http_proxy: 'http://p:1' }, { HTTP_PROXY: 'http://p:1', NO_PROXY: here }],
  [
    'both spellings: the lower-case one, as with curl',
    { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' },
    { HTTPS_PROXY: 'http://lower:1', NO_PROXY: here },
  ],
  [
    'its exemptions beside our own',
    { HTTPS_PROXY: 'http://p:1', no_proxy: 'acme.test,.internal' },
    { HTTPS_PROXY: 'http://p:1', NO_PROXY: `${here},acme.test,.internal` },
  ],
] as const)('the environment names %s', ([, env, settings]) => {
  expect(proxyFromEnvironment(env)).toEqual(settings)
})

test.for([
  ['DIRECT', undefined],
  ['', undefined],
  ['SOCKS5 p:1080', undefined],
  ['SOCKS5 p:1080; PROXY q:1', undefined],
  ['DIRECT; PROXY p:1', undefined],
  ['PROXY', undefined],
  ['PROXY p:3128', 'http://p:3128'],
  ['PROXY p:3128; DIRECT', 'http://p:3128'],
  ['  PROXY   [::2]:3128 ;PROXY q:1', 'http://[::2]:3128'],
  ['HTTPS p:443', 'https://p:443'],
] as const)('the system says %j', ([answer, proxy]) => {
  expect(proxyFromSystem(answer)).toEqual(proxy && { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: here })
})
