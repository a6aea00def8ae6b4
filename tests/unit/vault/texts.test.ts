// Tables: what keychains and D-Bus tools say, and what is made of it. Texts as seen on Debian 12, macOS and Windows.
import { expect, test } from 'vitest'
import { serviceNameFor } from '../../../main/vault/accounts.ts'
import { reasonInError } from '../../../main/vault/keychain-errors.ts'
import { readLockAnswer } from '../../../main/vault/secret-service.ts'

test.for([
  ['Cannot create an item in a locked collection', 'locked'],
  ['User interaction is not allowed.', 'locked'],
  ['The name org.freedesktop.secrets was not provided by any .service files', 'no-service'],
  ['The name :1.1 was not provided by any .service files', 'no-service'],
  ['The session wrapping the secret does not exist', 'no-service'],
  ['Could not connect: No such file or directory', 'no-service'],
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no-service'],
  ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'no-service'],
  ['Failed to load keytar native addon, checked ["../build/Release"] on prebuilds/linux-x64', 'no-service'],
  ['A specified logon session does not exist. It may already have been terminated.', 'no-service'],
  ['Timeout was reached', 'timed-out'],
  ['The user name or passphrase you entered is not correct.', 'denied'],
  ['User canceled the operation.', 'denied'],
  ['Etwas ganz anderes', undefined],
] as const)('the keychain error %s means %s', ([text, reason]) => {
  expect(reasonInError(new Error(text))).toBe(reason)
})

test.for([
  ['   variant       boolean true\n', false, 'locked'],
  ['   variant       boolean false\n', false, 'unlocked'],
  ['(<true>,)\n', false, 'locked'],
  ['(<false>,)\n', false, 'unlocked'],
  ['', false, 'unknown'],
  ['Error org.freedesktop.DBus.Error.ServiceUnknown: The name …', true, 'no-service'],
  ['Failed to open connection to "session" message bus: Failed to connect to socket', true, 'no-service'],
  ['Error connecting: Could not connect: No such file or directory', true, 'no-service'],
  ['Error org.freedesktop.DBus.Error.UnknownMethod: Object does not exist at path', true, 'no-collection'],
  ['Error org.freedesktop.DBus.Error.NoReply: Did not receive a reply.', true, 'no-answer'],
  ['Error: Timeout was reached', true, 'no-answer'],
  ['Segmentation fault', true, 'unknown'],
] as const)('the tool output %j with failure %s means %s', ([output, failed, answer]) => {
  expect(readLockAnswer(output, failed)).toBe(answer)
})

test('the service is plainly Sesame for the own folder, and one of its own for any other', () => {
  expect(serviceNameFor('/home/ana/.config/Sesame', '/home/ana/.config/Sesame/')).toBe('Sesame')
  const demo = serviceNameFor('/tmp/demo-1', '/home/ana/.config/Sesame')
  expect(demo).toMatch(/^Sesame \([0-9a-f]{12}\)$/)
  expect(serviceNameFor('/tmp/demo-1/', '/home/ana/.config/Sesame')).toBe(demo)
  expect(serviceNameFor('/tmp/demo-2', '/home/ana/.config/Sesame')).not.toBe(demo)
})
