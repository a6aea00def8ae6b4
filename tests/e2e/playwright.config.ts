import { defineConfig } from 'playwright/test'

// No retries: a test that fails now and then is broken. Three workers on two cores: most of a test's
// time is waiting.
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  // Generous: a busy machine is no fault of the app's.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 3,
  fullyParallel: true,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  reporter: [['list']],
  projects: [
    // First, because it waits for a minute while the others work.
    { name: 'tour', testMatch: 'tour.spec.ts' },
    { name: 'app', testIgnore: ['tour.spec.ts', 'ways-in/*'] },
    { name: 'ways in', testMatch: 'ways-in/*.spec.ts', testIgnore: 'ways-in/pictures.spec.ts' },
    // Last, because it looks at what the others have left.
    { name: 'pictures', testMatch: 'ways-in/pictures.spec.ts', dependencies: ['ways in'] },
  ],
})
