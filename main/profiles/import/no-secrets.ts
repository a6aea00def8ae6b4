// Owns that client metadata, the one free part of a profile, takes no secret into a file or out of one. Pure.

/** Cognito logs client metadata, so a secret is wrong there; a file that is handed on makes it worse. */
const soundsSecret = /secret|passw|token|credential|(?:api|access|private).?key/i

export interface Sifted {
  readonly kept: Record<string, string>
  /** The names of what was left out. */
  readonly leftOut: readonly string[]
}

/** Leaves out the entries whose names sound like a secret. */
export const siftMetadata = (metadata: Readonly<Record<string, string>>): Sifted => {
  const entries = Object.entries(metadata)
  return {
    kept: Object.fromEntries(entries.filter(([name]) => !soundsSecret.test(name))),
    leftOut: entries.flatMap(([name]) => (soundsSecret.test(name) ? [name] : [])),
  }
}
