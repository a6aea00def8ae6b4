// Runs aws-amplify and Sesame in the same situations. docs/oracles.md is made of the table (SESAME_WRITE_DOCS=1 with this test).
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { signOut } from 'aws-amplify/auth'
import { afterEach, describe, expect, test } from 'vitest'
import { stage } from '../sessions/support.ts'
import { type Situation, type SituationName, situations } from './situations.ts'
import { amplify, ours } from './subjects.ts'
import { table } from './table.ts'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the table's own keys
const names = Object.keys(situations) as SituationName[]

// One Amplify for the whole process: it must not take what a situation left it into the next.
afterEach(() => signOut().catch(() => undefined))

describe.each(names)('%s', (name) => {
  const situation: Situation = situations[name]
  const { client = 'plain' } = situation

  test('aws-amplify', async () => {
    await using s = await stage(client, { srpToleranceSeconds: 10 ** 9 })
    const seen = await situation.run(s, amplify(s, client))
    expect(seen, `what was seen: ${seen}`).toBe(table[name].amplify)
  })

  test('Sesame', async () => {
    await using s = await stage(client, { srpToleranceSeconds: 10 ** 9 })
    const seen = await situation.run(s, ours(s, client))
    expect(seen, `what was seen: ${seen}`).toBe(table[name].ours)
  })
})

test('docs/oracles.md says what this table says', async () => {
  const path = fileURLToPath(new URL('../../../docs/oracles.md', import.meta.url))
  const rows = names.map((name) => {
    const row = table[name]
    return `| ${name} | ${row.amplify} | ${row.ours} | ${row.why} |`
  })
  const page = `# The same situations for aws-amplify and for Sesame

Made from \`tests/integration/oracles/table.ts\`; do not edit. Both are run against the local Cognito in every one of these situations
by \`tests/integration/oracles/oracles.test.ts\` (aws-amplify 6, in Node, storage in memory), and the test fails when either does
something else. What both answer to a refresh is the code or the name of the error a caller gets, and after how many requests.

| situation | aws-amplify | Sesame | why |
|---|---|---|---|
${rows.join('\n')}
`
  if (process.env['SESAME_WRITE_DOCS'] !== undefined) await writeFile(path, page)
  expect(await readFile(path, 'utf8')).toBe(page)
})
