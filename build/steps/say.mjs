// Owns what the set-up prints: one line for each thing it does, and a sign of life for what takes long.
import { spawn } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Prints one line to stderr, so that stdout stays free for what a command is asked to print. */
export const say = (line) => process.stderr.write(`sesame: ${line}\n`)

/** Prints a problem and its remedy, and ends with a failure. */
export const stop = (problem, remedy) => {
  say(`${problem} ${remedy}`)
  process.exit(1)
}

/**
 * Runs a long command quietly: a sign of life every ten seconds, its output only when it fails.
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export const runQuietly = (what, command, args, options = {}) =>
  new Promise((done) => {
    const started = Date.now()
    const seconds = () => Math.round((Date.now() - started) / 1000)
    const chunks = []
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    const alive = setInterval(() => say(`${what}: still at it after ${seconds()} s`), 10_000)
    const end = (ok, text) => {
      clearInterval(alive)
      done({ ok, output: Buffer.concat(chunks).toString() + text, seconds: seconds() })
    }
    child.on('error', (error) => end(false, String(error)))
    child.on('close', (code) => end(code === 0, ''))
  })

/** Runs a command in the person's terminal and answers its exit code. */
export const runVisibly = (command, args, options = {}) =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', pass)
    process.on('SIGTERM', pass)
    child.on('error', (error) => {
      say(String(error))
      done(1)
    })
    child.on('close', (code, signal) => {
      process.off('SIGINT', pass)
      process.off('SIGTERM', pass)
      done(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 130 : 1))
    })
  })
