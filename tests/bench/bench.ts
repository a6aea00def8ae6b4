// `npm run bench`: every figure beside its peer. `--json FILE` writes them, `--only NAME` (again and again) picks some.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { benchBundles } from './bundles.ts'
import { benchListFrames } from './list-frames.ts'
import { benchListPaint } from './list-paint.ts'
import type { Figure } from './measure.ts'
import { benchSessions } from './sessions.ts'
import { benchSessionMemory } from './sessions-memory.ts'
import { benchStorm } from './sessions-storm.ts'
import { benchSrp } from './srp.ts'
import { benchTerminal } from './terminal.ts'
import { benchVault } from './vault.ts'

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string', multiple: true } },
})

const groups: Record<string, () => Promise<Figure[]>> = {
  'session.valid session.refresh': benchSessions,
  'session.memory': benchSessionMemory,
  'storm. idle.': benchStorm,
  srp: benchSrp,
  'vault.': benchVault,
  'main. renderer.': benchBundles,
  'list.paint.': benchListPaint,
  'list.frame-max': benchListFrames,
  'agent. cli.': benchTerminal,
}

const wanted = (names: string): boolean =>
  values.only === undefined ||
  names
    .split(' ')
    .some((prefix) => values.only?.some((name) => name.startsWith(prefix) || prefix.startsWith(name)))

const figures: Figure[] = []
for (const [names, run] of Object.entries(groups)) {
  if (!wanted(names)) continue
  for (const row of await run()) {
    figures.push(row)
    const value = `${row.value} ${row.unit}`
    process.stderr.write(`${row.name.padEnd(18)} ${value.padEnd(20)} ${row.ratio} × ${row.peer}\n`)
  }
}
const text = `${JSON.stringify(figures, undefined, 2)}\n`
if (values.json === undefined) process.stdout.write(text)
else await writeFile(values.json, text)
