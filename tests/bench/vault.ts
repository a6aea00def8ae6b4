// Owns the figure of the vault: one session written to a real keychain, beside the bare keytar calls that such a write needs.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import * as z from 'zod'
import { missingForKeyring, withKeyring } from '../integration/keyring.ts'
import { type Figure, figureOf } from './measure.ts'

const times = z.object({ ms: z.number(), ratio: z.number() })

/** `vault.write` in milliseconds. None where no keyring can run. */
export const benchVault = async (): Promise<Figure[]> => {
  const missing = missingForKeyring()
  if (missing.length > 0) {
    process.stderr.write(`vault.write not measured: ${missing.join(', ')} missing\n`)
    return []
  }
  return withKeyring(async ({ directory, env }) => {
    const script = join(import.meta.dirname, 'vault-process.ts')
    const child = fork(script, [join(directory, 'config', 'sesame')], { env, execArgv: [] })
    const message = once(child, 'message').then(([value]: unknown[]) => times.parse(value))
    const ended = once(child, 'exit').then(([code]: unknown[]): never => {
      throw new Error(`the vault's process ended with ${String(code)}`)
    })
    ended.catch(() => undefined)
    const { ms, ratio } = await Promise.race([message, ended])
    return [figureOf('vault.write', ms, 'ms', 'the bare keytar calls it needs', ratio)]
  })
}
