// Shared files as people and tools leave them: comments, odd spacing, CRLF, nested settings, duplicates, byte order marks, other encodings.
import * as fc from 'fast-check'

const name = fc.constantFrom(
  'default',
  'acme',
  'profile acme',
  'profile "my team"',
  'sso-session corp',
  'acme-staging',
  'x.y_z',
)
const key = fc.constantFrom(
  'region',
  'output',
  'aws_access_key_id',
  'aws_secret_access_key',
  'role_arn',
  'Region',
  'cli_pager',
  's3',
)
const value = fc.constantFrom(
  'eu-west-1',
  'json',
  '',
  'a = b',
  'x # no comment',
  'x ; y',
  '[not a header]',
  'caf\u00C3\u00A9',
  '\u00E9\u00FF',
  '%(x)s',
  '"q"',
)
const space = fc.constantFrom('', ' ', '\t', '  ')

const comment = fc
  .tuple(space, fc.constantFrom('#', ';', '# [acme]', '; key = 1', '#\u00C3\u00BC'))
  .map((parts) => parts.join(''))
const setting = fc
  .tuple(key, space, fc.constantFrom('=', '=', '=', ':'), space, value)
  .map((parts) => parts.join(''))
const nested = fc
  .tuple(key, fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 3 }))
  .map(([outer, inner]) => [`${outer} =`, ...inner.map(([k, v]) => `  ${k} = ${v}`)])
const blank = space
const header = fc
  .tuple(space, name, space, fc.constantFrom('', ' # x', ' ; ]'))
  .map(([a, text, b, end]) => `${a === '' ? '' : ''}[${b}${text}${b}]${end}`)

const piece: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 2, arbitrary: header.map((line) => [line]) },
  { weight: 4, arbitrary: setting.map((line) => [line]) },
  { weight: 1, arbitrary: nested },
  { weight: 2, arbitrary: comment.map((line) => [line]) },
  { weight: 2, arbitrary: blank.map((line) => [line]) },
)

/** Any file, also such as no tool would read; one character per byte. */
export const anyFile = fc
  .record({
    start: fc.constantFrom('', '', '', '\u00EF\u00BB\u00BF', '\n'),
    lines: fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.flat()),
    ends: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 1, maxLength: 3 }),
    isMixed: fc.boolean(),
    isEnded: fc.boolean(),
  })
  .map(({ start, lines, ends, isMixed, isEnded }) => {
    const endOf = (at: number): string => (isMixed ? ends[at % ends.length] : ends[0]) ?? '\n'
    const text = lines.map((line, at) => line + (at < lines.length - 1 || isEnded ? endOf(at) : '')).join('')
    return start + text
  })

/** Files that botocore reads: no section and no key twice, settings in sections only. */
export const readableFile = (kind: 'credentials' | 'config') =>
  fc
    .record({
      head: fc.array(fc.oneof(comment, blank), { maxLength: 3 }),
      sections: fc.uniqueArray(fc.constantFrom('default', 'acme', 'acme-staging', 'x.y_z', 'my-team'), {
        maxLength: 5,
      }),
      bodies: fc.array(
        fc.uniqueArray(
          fc.tuple(
            fc.constantFrom(
              'region',
              'output',
              'aws_access_key_id',
              'aws_secret_access_key',
              'cli_pager',
              's3',
            ),
            fc.constantFrom('eu-west-1', 'json', 'a = b', 'x # cut', '%(x)s'),
            fc.boolean(),
            fc.oneof(
              comment,
              blank.map(() => ''),
            ),
            space,
          ),
          { maxLength: 5, selector: ([k]) => k },
        ),
        { minLength: 5, maxLength: 5 },
      ),
      end: fc.constantFrom('\n', '\r\n'),
      isEnded: fc.boolean(),
    })
    .map(({ head, sections, bodies, end, isEnded }) => {
      const lines = [
        ...head,
        ...sections.flatMap((section, at) => [
          kind === 'config' && section !== 'default' ? `[profile ${section}]` : `[${section}]`,
          ...(bodies[at] ?? []).flatMap(([k, v, isNested, between, gap]) => [
            ...(isNested ? [`${k} =`, `  max = ${v}`] : [`${k}${gap}=${gap}${v}`]),
            ...(between.trim() === '' ? [''] : [between]),
          ]),
        ]),
      ]
      return lines.join(end) + (isEnded ? end : '')
    })
