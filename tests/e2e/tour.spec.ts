// P20: the demo and its tour, as `npm run demo` runs them: in a process of their own.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, test } from 'playwright/test'
import { z } from 'zod'
import { missingForKeyring, withKeyring } from '../integration/keyring.ts'
import { appFolder } from './fixtures.ts'
import { demoUsers } from './world.ts'

const run = promisify(execFile)
const told = z.array(
  z.object({ step: z.string(), ok: z.boolean(), ms: z.number(), files: z.array(z.string()) }),
)

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
  // It ends in a terminal beside the app.
  const last = steps.at(-1)
  const [transcript = ''] = last?.files.filter((name) => name.endsWith('.txt')) ?? []
  const shown = readFileSync(join(folder, transcript), 'utf8')
  expect(shown).toMatch(/^\$ sesame exec 'sesame-ops · ada' -- /m)
  expect(shown).toMatch(
    last?.step.startsWith('Run the AWS CLI') ? /"Arn": ".*assumed-role\/SesameDemoAdmin\// : /^ASIA/m,
  )
  const pictures = readdirSync(folder).filter((name) => /^\d\d-.*\.png$/.test(name))
  expect(pictures).toHaveLength(steps.length)
  for (const picture of pictures) expect(statSync(join(folder, picture)).size).toBeGreaterThan(10_000)
  rmSync(folder, { recursive: true })
})

test('the demo tells who can sign in, and leaves nothing in the keychain', async () => {
  test.skip(missingForKeyring().length > 0, `no real keyring: ${missingForKeyring().join(', ')} is missing`)
  await withKeyring(async ({ env }) => {
    const storedSecrets = async (): Promise<string> =>
      (await run('secret-tool', ['search', '--all', 'xdg:schema', 'org.freedesktop.Secret.Generic'], { env }))
        .stdout
    const demo = spawn(process.execPath, [join(appFolder, 'tests/demo/demo.ts')], {
      cwd: appFolder,
      env: { ...env, STANDIN_VISIBLE: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(demo, 'exit')
    const told: string[] = []
    for await (const line of createInterface(demo.stdout)) {
      told.push(line)
      if (!line.includes('Close the window to end the demo')) continue
      expect(await storedSecrets()).toContain(demoUsers.ada.client.secret)
      demo.kill('SIGINT')
    }
    expect(await ended).toEqual([0, null])
    for (const { username, password } of Object.values(demoUsers))
      expect(told.join('\n')).toMatch(new RegExp(`${username} +password ${password}`))
    expect(told.join('\n')).toContain(demoUsers.ada.totpSecret)
    expect(await storedSecrets()).toBe('')
  })
})
