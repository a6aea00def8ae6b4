// Owns time-based one-time passwords on the server's side (RFC 6238 over RFC 4226); its own code, so that the clients'
// library proves it.
import { createHmac, timingSafeEqual } from 'node:crypto'

const STEP_SECONDS = 30
const DIGITS = 6
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Decodes base 32 (RFC 4648, section 6); padding, spaces and lower case are taken, anything else throws. */
export function decodeBase32(text: string): Buffer {
  let bits = ''
  for (const character of text.toUpperCase().replaceAll(/[\s=]/g, '')) {
    const value = BASE32.indexOf(character)
    if (value < 0) throw new RangeError(`not a base 32 character: ${character}`)
    bits += value.toString(2).padStart(5, '0')
  }
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}

/** The code of one step (RFC 4226, section 5.3, truncation to six digits). */
export function codeForStep(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 0x0f
  const value = digest.readUInt32BE(offset) & 0x7fffffff
  return String(value % 10 ** DIGITS).padStart(DIGITS, '0')
}

/**
 * The step whose code this is, one step of drift allowed either way (RFC 6238, section 5.2), or undefined.
 * `now` in milliseconds since the epoch.
 */
export function matchingStep(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const current = Math.floor(now / 1000 / STEP_SECONDS)
  return [current, current - 1, current + 1].find((step) =>
    timingSafeEqual(Buffer.from(codeForStep(secret, step)), Buffer.from(code)),
  )
}
