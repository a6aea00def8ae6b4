/**
 * A fresh folder for each Chromium, gone when it ends. A killed stand-in cannot clean up, so the next one that starts
 * does it for all whose process is gone.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'sesame-stand-in-'

export function createProfile(): string {
  sweep()
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
}

/** Never throws: Chromium's last helper may still write. What stays is swept by the next start. */
export function removeProfile(profile: string): void {
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  } catch {
    // swept later
  }
}

function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) removeProfile(join(tmpdir(), name))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is alive and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
