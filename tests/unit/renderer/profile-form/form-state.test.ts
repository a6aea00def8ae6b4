import { expect, test } from 'vitest'
import {
  errorOf,
  type FieldMarks,
  firstError,
  noMarks,
} from '../../../../renderer/features/profile-form/form-state.ts'
import { type FieldPath, requiredFields } from '../../../../renderer/features/profile-form/hints.ts'
import { emptyValues } from '../../../../renderer/features/profile-form/values.ts'

const good = {
  ...emptyValues,
  name: 'acme',
  userPoolId: 'eu-west-1_Qx7Ab91c',
  clientId: '4k2v9q1t0abcdefghijklmnopq',
}
const wrong = { ...good, clientId: '4k2v-9q1t' }
const wrongWords = 'An app client id has only lower-case letters and digits, about 26 of them.'
const left = (...paths: FieldPath[]): FieldMarks => ({ ...noMarks, left: new Set(paths) })
const sent: FieldMarks = { ...noMarks, sent: true }

test.each<[string, typeof good, FieldMarks, FieldPath, string | undefined]>([
  ['nothing while a field is being typed for the first time', wrong, noMarks, 'clientId', undefined],
  ['its light check once it was left', wrong, left('clientId'), 'clientId', wrongWords],
  ['nothing about a field because another one was left', wrong, left('name'), 'clientId', undefined],
  ['its light check once sending was tried', wrong, sent, 'clientId', wrongWords],
  ['nothing about a required field that was only left blank', emptyValues, left('name'), 'name', undefined],
  ['what is missing once sending was tried', emptyValues, sent, 'name', requiredFields.name],
  ['nothing about an optional field left blank', good, sent, 'identityPoolId', undefined],
  [
    "main's refusal before anything else",
    wrong,
    { ...sent, refused: { clientId: 'No.' } },
    'clientId',
    'No.',
  ],
])('a field says %s', (_says, values, marks, path, expected) => {
  expect(errorOf(path, values, marks)).toBe(expected)
})

test('a form is sent only when no field would be refused, and the first one in its order is pointed at', () => {
  expect(firstError(good)).toBeUndefined()
  expect(firstError(wrong)).toBe('clientId')
  expect(firstError({ ...wrong, name: ' ' })).toBe('name')
  expect(firstError({ ...good, 'endpoints.sts': 'http://example.com' })).toBe('endpoints.sts')
})
