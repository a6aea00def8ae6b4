import { expect, test } from 'vitest'
import { profileSettingsSchema } from '../../../../main/profiles/profile.ts'
import { placesOf, settingName } from '../../../../renderer/features/import/words.ts'

test('every setting that can change has words', () => {
  const { endpoints, ...settings } = profileSettingsSchema.shape
  const paths = [...Object.keys(settings), ...Object.keys(endpoints.shape).map((name) => `endpoints.${name}`)]
  const withoutWords = paths.filter((path) => /[A-Z.]/.test(path) && settingName(path) === path)
  expect(withoutWords).toEqual([])
})

test('what a profile would open to others is shown, each place once', () => {
  const settings = {
    clientId: 'c1',
    availableToCommandLine: true,
    awsFiles: { kind: 'credential-process' as const },
    endpoints: { userPool: 'http://127.0.0.1:9229', sts: 'http://127.0.0.1:9229' },
  }
  expect(placesOf({ name: 'x', settings, notes: [], action: { kind: 'add' } })).toEqual([
    'app client c1',
    'http://127.0.0.1:9229',
    'available to the command line',
    'AWS files: credential_process in the config file',
  ])
})
