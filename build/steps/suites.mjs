// Owns `npm test`: the suites in order, what each needs, and the summary at the end.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findElectron } from './electron.mjs'
import { findNode, tool, toolEnvironment } from './install.mjs'
import { root, runVisibly, say } from './say.mjs'

const reports = join(root, 'test-results')

/** `npm run check`: types, lint with type information, format. Zero warnings. */
export const check = async () => {
  /** @type {[string, string[]][]} */
  const steps = [
    ['types', [tool('typescript', 'tsc'), '-b']],
    ['lint', [tool('oxlint'), '--type-aware', '--deny-warnings']],
    ['format', [tool('@biomejs/biome', 'biome'), 'check', '.']],
  ]
  let failed = 0
  for (const [name, args] of steps) {
    say(`check: ${name}`)
    if ((await runVisibly(findNode(), args, { env: toolEnvironment() })) !== 0) failed += 1
  }
  return failed
}

const vitest = (name, project, folders) => ({
  name,
  run: (report, filters) =>
    runVisibly(
      findNode(),
      [
        tool('vitest'),
        'run',
        '--config',
        'tests/vitest.config.ts',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...filters,
      ],
      { env: toolEnvironment() },
    ),
  folders,
  count: countVitest,
})

const playwright = (name, config, env = {}, folders = []) => ({
  name,
  run: (report, filters) =>
    runVisibly(findNode(), [tool('playwright'), 'test', '-c', config, '--reporter=list,json', ...filters], {
      env: { ...toolEnvironment(), PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...env },
    }),
  folders,
  count: countPlaywright,
})

const suites = () => [
  vitest('unit', 'unit', ['tests/unit']),
  vitest('integration', 'integration', ['tests/integration']),
  playwright('host contract', 'tests/host/playwright.config.ts', {}, ['tests/host']),
  playwright('end to end, on the stand-in', 'tests/e2e/playwright.config.ts', {}, ['tests/e2e']),
  ...(process.env.E2E_ELECTRON_DIST || findElectron()
    ? [
        playwright('end to end, on Electron', 'tests/e2e/playwright.config.ts', {
          E2E_ELECTRON_DIST: electronFolder(),
        }),
      ]
    : []),
]

const electronFolder = () => process.env.E2E_ELECTRON_DIST ?? join(findElectron() ?? '', '..')

const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

const countVitest = (report) => {
  const skipped = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'skipped' || test.status === 'pending')
      .map((test) => `${relative(root, file.name)}: ${test.fullName}`),
  )
  // A file that could not even be loaded has failed without a test.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped }
}

const countPlaywright = (report) => {
  const skipped = []
  const walk = (suite) => {
    for (const spec of suite.specs ?? [])
      if (spec.tests.some((test) => test.status === 'skipped')) skipped.push(`${suite.file}: ${spec.title}`)
    for (const child of suite.suites ?? []) walk(child)
  }
  for (const suite of report.suites) walk(suite)
  const { expected, unexpected, flaky } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped }
}

/**
 * Runs every suite and prints what passed, what failed and what did not run.
 * @param filters names of files or folders below tests/: only the suites that hold them run, and only those files
 * @returns {Promise<boolean>} whether everything that had to hold held
 */
export const runSuites = async (filters, missingParts) => {
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const isPartial = filters.length > 0
  const chosen = suites().filter(
    (suite) =>
      !isPartial || suite.folders.some((folder) => filters.some((filter) => filter.startsWith(folder))),
  )
  const lines = []
  const notRun = missingParts.map((part) => `${part.package} is missing (for ${part.for})`)
  let passed = 0
  let failed = 0

  if (!isPartial) {
    const broken = await check()
    failed += broken
    passed += 3 - broken
    lines.push(`check: ${broken === 0 ? 'types, lint and format hold' : `${broken} of 3 failed`}`)
  }
  for (const [index, suite] of chosen.entries()) {
    say(`suite: ${suite.name}`)
    const started = Date.now()
    const file = join(reports, `suite-${index}.json`)
    const code = await suite.run(file, filters)
    const report = readReport(file)
    const counts = report === undefined ? { passed: 0, failed: 1, skipped: [] } : suite.count(report)
    // The runner's exit code is believed too: an error outside any test is a failure.
    if (code !== 0 && counts.failed === 0) counts.failed = 1
    passed += counts.passed
    failed += counts.failed
    notRun.push(...counts.skipped)
    const seconds = Math.round((Date.now() - started) / 1000)
    lines.push(`${suite.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`)
  }

  process.stdout.write('\n')
  for (const line of lines) process.stdout.write(`${line}\n`)
  for (const line of notRun) process.stdout.write(`NOT RUN ${line}\n`)
  if (notRun.length > 0 && process.env.CI === 'true') {
    process.stdout.write('With CI=true everything has to run.\n')
    failed += notRun.length
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0
}
