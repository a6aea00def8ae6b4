// Owns AWS files in a folder of a test's own, with the locks that every process of the test shares beside it.
import { join } from 'node:path'
import { type AwsFilesWriter, createAwsFiles } from '../../../main/credentials/aws-files/index.ts'
import type { AwsFilePaths } from '../../../main/credentials/aws-files/paths.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import type { SessionLock } from '../../../main/sessions/ports.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'

/** Not below the folder, so that a test sees what is left there. */
export const locksOf = (folder: string): string => `${folder}-locks`

export const lockFor = (folder: string): SessionLock =>
  createLockFiles({ folder: locksOf(folder), clock: systemClock })

export const filesIn = (folder: string, paths: Partial<AwsFilePaths> = {}): AwsFilesWriter =>
  createAwsFiles({
    paths: { credentials: join(folder, 'credentials'), config: join(folder, 'config'), ...paths },
    command: { words: ['sesame', 'credential-process'], isFound: true, platform: process.platform },
    lock: lockFor(folder),
  })
