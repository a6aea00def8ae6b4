#!/usr/bin/env node
// Owns the start of the `sesame` command: tools call `credential-process` again and again, so that way out comes first and loads
// next to nothing; everything else is loaded only when it is something else.
import { answerQuickly } from './cli/quick.ts'

const args = process.argv.slice(2)
process.exitCode = (await answerQuickly(args)) ?? (await (await import('./cli/run.ts')).run(args))
