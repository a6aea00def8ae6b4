// Owns docs/faults.md: the table as a page, each cell with the name of its test.
import { type FaultName, faults } from './faults.ts'
import { realFaults } from './real.ts'
import { type StepName, steps } from './steps.ts'
import { expected } from './table.ts'

const preface = `# What happens when something goes wrong

Made from \`tests/integration/faults/table.ts\`; do not edit. Each line is a test of \`tests/integration/faults/faults.test.ts\`
with the name in its last column, run against the local Cognito with real sessions and a real vault on a store that can fail.
After each of them Sesame is started again and has to find the session as it was left: signed in, over, or signed out.

- *kept*: tokens stay, what is still valid is handed out, and the code says what a person is shown.
- *told*: the failure is shown where the person is; nothing that was there before is touched.
- *pending*: signed out here at once; the end at Cognito is tried again, also after a restart, and shown until it went through.
- An answer lost after a rotation is asked for again with the old token within its grace period, which Cognito allows: five tries
  within half a minute, however long the outage before it was (\`tests/integration/sessions/sessions.test.ts\`). An outage that
  goes on after such an answer and outlasts the grace period ends the session by Cognito's own rule: it asks for a sign-in.
- *the token still works* stands only where the fault makes Cognito refuse a revocation that it would have taken; an answer that
  the session is over already counts as revoked.
- A full disk takes half of each write, then refuses; names, links and emptying a file still work.
- A server that never answers is waited for until the request's deadline; the fault strikes each try until it is over.
- A step that shares what it does with another one meets only the faults that could tell them apart.
- The codes are those of \`main/failure-texts/\`. A process killed at any instant is \`tests/integration/crash/\`.
`

const realSection = (): string =>
  [
    '## With the real keyring, bus and disk',
    '',
    'On a gnome-keyring of its own, with a D-Bus of its own, where these can run.',
    '',
    '| what goes wrong | what happens | test |',
    '|---|---|---|',
    ...realFaults.map(
      ({ what, happens, file, test }) => `| ${what} | ${happens} | \`${test}\` in \`${file}\` |`,
    ),
    '',
  ].join('\n')

export const faultsPage = (): string => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets the table's own keys
  const stepRows = Object.entries(steps) as [StepName, (typeof steps)[StepName]][]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  const names = Object.keys(faults) as FaultName[]
  const sections = stepRows.map(([step, { title, operation }]) => {
    const rows = names.flatMap((fault) => {
      const cell = expected[fault][step]
      return cell === undefined ? [] : [`| ${fault} | ${cell} | \`${fault} > at ${step}\` |`]
    })
    return [
      `## ${title} (${operation})`,
      '',
      '| what goes wrong | what happens | test |',
      '|---|---|---|',
      ...rows,
      '',
    ].join('\n')
  })
  return `${preface}\n${sections.join('\n')}\n${realSection()}`
}
