import { expect, test } from 'vitest'
import { openLink } from '../../../main/cli/open-link.ts'

const link = 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=token-canary'

/** In place of a browser: asks for the address as strangers would, and where they were all refused, as the browser does. */
const browser = `
const { request } = require('node:http')
const url = new URL(process.argv[1])
const ask = (path, headers = {}, method = 'GET') => new Promise((resolve) => {
  const asked = request({ host: url.hostname, port: url.port, path, method, headers, agent: false }, (response) => {
    let body = ''
    response.on('data', (chunk) => { body += chunk })
    response.on('end', () => resolve(response.statusCode + ' ' + (response.headers.location ?? '') + body))
  })
  asked.on('error', () => resolve('gone'))
  asked.end()
})
const check = (is, wanted) => { if (is !== wanted) { process.exitCode = 1; console.error(is, wanted) } }
;(async () => {
  if (url.hostname !== '127.0.0.1' || url.href.includes('token-canary')) process.exitCode = 1
  const refused = await Promise.all([
    ask('/'), ask(url.pathname + 'x'), ask(url.pathname, {}, 'POST'),
    ask(url.pathname, { host: 'evil.example:' + url.port }), ask(url.pathname, { host: 'localhost:' + url.port }),
  ])
  for (const answer of refused) check(answer, '404 ')
  if (process.exitCode !== 1) await ask(url.pathname)
})()
`

test('the link is handed to the browser, and to nobody who does not know the address', async () => {
  const opener = [process.execPath, '-e', browser] as const
  expect(await openLink(link, opener)).toEqual({ ok: true, value: undefined })
})
