// Owns what a terminal shows of a new authenticator: the code to scan, the secret to type, the address to paste.
import type { SignInStep } from '../../../preload/views.ts'
import { printable } from '../table.ts'

/** Scanners want a quiet border; four modules by ISO 18004, two are enough for all that are in use. */
const border = 2

/** White on black whatever the colours of the terminal: an inverted code is read by few. */
const coloured = (line: string): string => `\u001b[97;40m${line}\u001b[0m`

/** The code in half blocks; undefined where it does not fit. */
const qrCode = async (text: string, columns: number): Promise<string | undefined> => {
  const { renderUnicodeCompact } = await import('uqr')
  const lines = renderUnicodeCompact(text, { border }).split('\n')
  return lines.every((line) => line.length <= columns) ? lines.map(coloured).join('\n') : undefined
}

const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret

/** @param columns undefined where nothing can be drawn */
export const authenticatorText = async (
  { secret, otpauthUri }: Extract<SignInStep, { kind: 'totp-setup' }>,
  columns: number | undefined,
): Promise<string> => {
  const code = columns === undefined ? undefined : await qrCode(otpauthUri, columns)
  return [
    'Set up an authenticator app:',
    ...(code === undefined ? [] : [code]),
    `  Secret:  ${printable(inGroups(secret))}`,
    `  Address: ${printable(otpauthUri)}`,
  ].join('\n')
}
