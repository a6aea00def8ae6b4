// Owns the real terminal: standard streams, and prompts that are loaded only when somebody is asked.
import { buffer } from 'node:stream/consumers'
import type { Terminal } from './world.ts'

/** Prompts go to stderr: what a command answers on stdout may be piped on. */
const onStderr = { output: process.stderr } as const

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export const processTerminal: Terminal = {
  env: process.env,
  isInteractive: process.stdin.isTTY && process.stderr.isTTY,
  out: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(`${text}\n`),
  readInput: async () => (await buffer(process.stdin)).toString('utf8'),
  async askSecret(message) {
    const { default: password } = await import('@inquirer/password')
    return password({ message }, onStderr)
  },
  async askLine(message, initial) {
    const { default: input } = await import('@inquirer/input')
    return input({ message, ...(initial === undefined ? {} : { default: initial }) }, onStderr)
  },
  columns: process.stderr.isTTY ? process.stderr.columns : undefined,
  onInterrupt(listener) {
    for (const signal of endings) process.on(signal, listener)
    return () => {
      for (const signal of endings) process.off(signal, listener)
    }
  },
  now: () => Date.now(),
}
