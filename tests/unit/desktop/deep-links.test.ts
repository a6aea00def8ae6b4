import { EventEmitter } from 'node:events'
import { expect, it, test } from 'vitest'
import { collectDeepLinks, deepLinkIn } from '../../../main/desktop/deep-links.ts'
import { loginAddress } from '../../../main/desktop/external-links.ts'

/** The part of Electron's app that is listened to. */
const fakeApp = () => {
  const events = new EventEmitter()
  let isTaken = false
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an emitter with the two events that are used
    app: events as unknown as Parameters<typeof collectDeepLinks>[0],
    openUrl: (url: string) =>
      events.emit('open-url', { preventDefault: () => (isTaken = true) }, url) && isTaken,
    secondInstance: (...args: string[]) => events.emit('second-instance', {}, args),
  }
}

it.each([
  [['/opt/sesame', 'sesame://callback?code=1'], 'sesame://callback?code=1'],
  [['/opt/sesame', 'SESAME://callback', '--original-process-start-time=1'], 'SESAME://callback'],
  [['/opt/sesame', '--flag=sesame://x'], undefined],
  [['/opt/sesame'], undefined],
])('among %j our address is %s', (args, found) => {
  expect(deepLinkIn(args)).toBe(found)
})

test('addresses that come before anybody listens wait, and come in order', () => {
  const { app, openUrl, secondInstance } = fakeApp()
  const links = collectDeepLinks(app)
  expect(openUrl('sesame://one')).toBe(true)
  secondInstance('/opt/sesame', 'sesame://two')
  secondInstance('/opt/sesame')
  const got: string[] = []
  links.deliver((url) => got.push(url))
  openUrl('sesame://three')
  expect(got).toEqual(['sesame://one', 'sesame://two', 'sesame://three'])
})

it.each([
  ['https://login.example.com/oauth2/authorize?x=1', true],
  ['http://127.0.0.1:9229/oauth2/authorize?x=1', true],
  ['http://login.example.com/oauth2/authorize', false],
  ['https://user@login.example.com/', false],
  ['file:///etc/passwd', false],
  ['sesame://callback', false],
  ['nonsense', false],
])('the system browser gets %s: %s', (text, isOpened) => {
  expect(loginAddress(text)).toBe(isOpened ? text : undefined)
})
