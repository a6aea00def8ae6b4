import { defineConfig } from 'playwright/test'
import type { DemoOptions } from './contract-fixture.ts'
import { host } from './launch.ts'
import { mutations } from './mutations.ts'

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

export default defineConfig<DemoOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './build.ts',
  outputDir: '../../test-results/host',
  projects: [
    {
      // What a run shows holds for the host it ran on: every result carries its name.
      name: host,
      // What the stand-in promises beyond the contract is not asked of a real Electron.
      testIgnore:
        host === 'electron' ? ['gate.spec.ts', 'rules.spec.ts', 'stand-in.spec.ts', 'visible.spec.ts'] : [],
    },
    ...mutations.map((mutation) => ({
      name: `mutation on ${host}: ${mutation.name}`,
      testMatch: 'contract*.spec.ts',
      grep: new RegExp(`${escape(mutation.test)}$`),
      use: { mutation },
    })),
  ],
  workers: 3,
  fullyParallel: true,
  // No retries: a flaky test is a broken one.
  retries: 0,
  // Generous: a busy machine is no fault of the host's.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
})
