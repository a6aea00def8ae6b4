import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  putSection,
  removeSections,
  type SectionSpec,
} from '../../../main/credentials/aws-files/own-section.ts'
import { valueOf } from '../../integration/cognito/support.ts'
import { anyFile } from './generated.ts'

const profileId = '5b0c7c4e-9d0f-4e27-8f0e-3f6f1f1b1a01'
const otherId = '00000000-9d0f-4e27-8f0e-3f6f1f1b1a01'
const spec = (changes: Partial<SectionSpec> = {}): SectionSpec => ({
  header: 'sesame-own',
  profileId,
  note: 'Expires 2026-11-20T15:42:10Z',
  settings: [
    ['aws_access_key_id', 'ASIA1'],
    ['aws_secret_access_key', 'secret1'],
    ['aws_session_token', 'token1'],
    ['region', 'eu-west-1'],
  ],
  ...changes,
})
const next = spec({
  note: 'Expires 2026-11-20T16:42:10Z',
  settings: [
    ['aws_access_key_id', 'ASIA2'],
    ['region', 'us-east-1'],
  ],
})
const put = (text: string, of = spec(), takeOver = false): string => valueOf(putSection(text, of, takeOver))

const completed = (text: string): string =>
  text === '' || text.endsWith('\n') ? text : text + (/\r?\n(?=[^\n]*$)/.exec(text)?.[0] ?? '\n')

describe('any file', () => {
  test('keeps every byte when the section is added, and again when it is removed', () => {
    fc.assert(
      fc.property(anyFile, (text) => {
        const added = put(text)
        expect(added.startsWith(text)).toBe(true)
        const removed = removeSections(added, profileId)
        // A last line without an end gets one, and keeps it.
        expect(removed).toBe(completed(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('keeps every byte around the section when it is brought up to date, whatever came after it', () => {
    fc.assert(
      fc.property(anyFile, anyFile, (before, after) => {
        const added = put(before)
        const section = added.slice(before.length)
        // What follows begins with a section of somebody else.
        const text = `${added}[somebody]\n${after}`
        fc.pre(!after.includes('sesame-own'))
        const updated = put(text, next)
        expect(updated.startsWith(before)).toBe(true)
        expect(updated.endsWith(`[somebody]\n${after}`)).toBe(true)
        expect(updated.slice(before.length)).toContain('ASIA2')
        expect(updated).not.toContain('ASIA1')
        expect(put(updated, next)).toBe(updated)
        expect(put(updated)).toBe(text)
        expect(removeSections(updated, profileId).endsWith(`[somebody]\n${after}`)).toBe(true)
        expect(section).toContain('aws_session_token = token1')
      }),
      { numRuns: 1_000 },
    )
  })

  test('keeps what others put into the section', () => {
    const comments = fc.array(
      fc.constantFrom('', '# mine', '; mine', 'output = json', 's3 =\n  region = nested', 'cli_pager='),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(anyFile, comments, fc.nat(6), (before, mine, at) => {
        const own = put('').split('\n').slice(0, -1)
        const place = Math.min(at, own.length - 1) + 1
        // Below a setting an indented line would be the setting's own.
        const section = [...own.slice(0, place), ...mine, ...own.slice(place)]
        const text = `${completed(before)}${section.join('\n')}\n`
        const updated = put(text, next)
        const kept = mine.flatMap((line) => line.split('\n'))
        const lines = updated.slice(completed(before).length).split('\n')
        expect(lines.filter((line) => kept.includes(line) && line !== '')).toEqual(
          kept.filter((line) => line !== ''),
        )
        const removed = removeSections(updated, profileId)
        expect(removed.startsWith(completed(before))).toBe(true)
        for (const line of kept) expect(removed).toContain(line)
        expect(removed).not.toContain('ASIA2')
        expect(removed).not.toContain('Sesame')
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a section that Sesame did not write', () => {
  const foreign = '[other]\nregion = x\n[sesame-own] # mine\naws_access_key_id = AKIA\noutput = json\n'

  test.each([
    ['in plain', '[sesame-own]\n'],
    ['with spaces', '  [ sesame-own ]\n'],
    ['with a comment', '[sesame-own] # mine ]\n'],
    ['behind a byte order mark', '\u00EF\u00BB\u00BF[sesame-own]\r\n'],
    ['copied from ours', put('').replace('[sesame-own]', '[copy]') + '[sesame-own]\n'],
    ['of another profile', put('', spec({ profileId: otherId }))],
  ])('is left alone: %s', (_, text) => {
    expect(putSection(text, spec(), false)).toMatchObject({ ok: false, failure: { code: 'aws-files.taken' } })
    expect(removeSections(text, profileId)).toBe(text)
  })

  test('is left alone in the config file however its name is quoted', () => {
    const config = spec({ header: 'profile acme' })
    for (const text of ['[profile acme]\n', '[profile "acme"]\n', "[ profile   'acme' ]\n"]) {
      expect(putSection(text, config, false)).toMatchObject({ failure: { code: 'aws-files.taken' } })
    }
  })

  test('is taken over when told to, with the settings it had besides', () => {
    const taken = put(foreign, spec(), true)
    expect(taken).toContain('[other]\nregion = x\n[sesame-own] # mine\n')
    expect(taken).toContain('output = json\n')
    expect(taken).not.toContain('AKIA')
    expect(removeSections(taken, profileId)).toBe('[other]\nregion = x\n[sesame-own] # mine\noutput = json\n')
  })

  test('that is there twice is refused even then', () => {
    expect(putSection('[sesame-own]\n[sesame-own]\n', spec(), true)).toMatchObject({
      failure: { code: 'aws-files.twice' },
    })
  })
})

test('a copy of the section under another name is not ours', () => {
  const text = put('').replace('[sesame-own]', '[mine-now]')
  expect(removeSections(text, profileId)).toBe(text)
})

test('sections that Sesame kept for this profile under other names go, others stay', () => {
  const text = put(put(put('', spec({ header: 'old' })), spec({ header: 'theirs', profileId: otherId })))
  const left = removeSections(text, profileId, 'sesame-own')
  expect(left).not.toContain('[old]')
  expect(left).toContain('[theirs]')
  expect(left).toContain('[sesame-own]')
})

test('line ends are the file\u2019s', () => {
  expect(put('[a]\r\nb = c\r\n').replaceAll('\r\n', '')).not.toContain('\n')
  expect(put('[a]\nb = c\n')).not.toContain('\r')
})
