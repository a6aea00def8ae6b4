// Owns what the specs of this folder start from: one app for all tests of a worker, a Cognito of their own for each test.
// An app that logged an error of its own fails the tests, whatever they were about.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'playwright/test'
import { profileDefaults } from '../../../main/profiles/profile.ts'
import type { ProfileInput } from '../../../preload/contract.ts'
import type { PoolConfig } from '../../cognito-server/config.ts'
import { startCognitoServer } from '../../cognito-server/index.ts'
import { FLOWS } from '../../cognito-server/seeds-all-flows.ts'
import { expect, openSesame, type RunningSesame, readLog } from '../fixtures.ts'
import { tabTo } from '../focus.ts'
import { Person } from './person.ts'

export { expect }

interface Options {
  pool: PoolConfig
}

/** Never signed in; with somebody there, the list is always there too. */
const bystander: ProfileInput = {
  settings: {
    ...profileDefaults,
    name: 'bystander',
    environment: 'production',
    userPoolId: 'eu-central-1_Bystander',
    clientId: 'bystander00000000000000000',
  },
}

export const test = base.extend<{ person: Person } & Options, { shared: RunningSesame }>({
  pool: [FLOWS.everything, { option: true }],
  shared: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
    async ({}, provide) => {
      const configDir = await mkdtemp(join(tmpdir(), 'sesame-e2e-'))
      const app = await openSesame(configDir)
      await app.sesame.seedProfile(bystander)
      // Where the keyboard is when a test begins: it goes back there whenever a dialog closes or a profile goes.
      await app.window.keyboard.press('Tab')
      await tabTo(app.window, /^listbox Profiles$/)
      await provide(app)
      await app.close()
      const errors = readLog(configDir).filter(({ level }) => level === 'error')
      await rm(configDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
      expect(errors, 'the app logged errors').toEqual([])
    },
    { scope: 'worker' },
  ],
  person: async ({ shared, pool }, provide) => {
    await using cognito = await startCognitoServer({ pools: [pool] })
    const person = new Person(shared, cognito, pool)
    await provide(person)
    await person.leaves()
  },
})
