// The demo's tour, as `npm run demo -- --tour DIR` takes it: a process of its own, which leaves pictures and tour.json.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'playwright/test'
import { z } from 'zod'
import { appFolder } from './fixtures.ts'

const run = promisify(execFile)
const told = z.array(z.object({ step: z.string(), ok: z.boolean(), ms: z.number() }))

test('the tour does the main job by itself and leaves a picture of every step', async () => {
  // It waits for a token of a minute to be refreshed.
  test.setTimeout(240_000)
  const folder = mkdtempSync(join(tmpdir(), 'sesame-tour-'))
  await run(process.execPath, [join(appFolder, 'tests/demo/demo.ts'), '--tour', folder], {
    cwd: appFolder,
    timeout: 200_000,
  })
  const steps = told.parse(JSON.parse(readFileSync(join(folder, 'tour.json'), 'utf8')))
  expect(steps.filter(({ ok }) => !ok)).toEqual([])
  expect(steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining([
      'Add a profile',
      'Answer with the authenticator',
      'Read the claims',
      'Watch the session refresh by itself',
      'Verify them with STS',
      'Go dark',
      'Sign out of all devices',
      'The server refuses the old token',
    ]),
  )
  const pictures = readdirSync(folder).filter((name) => /^\d\d-.*\.png$/.test(name))
  expect(pictures).toHaveLength(steps.length)
  for (const picture of pictures) expect(statSync(join(folder, picture)).size).toBeGreaterThan(10_000)
  rmSync(folder, { recursive: true })
})
