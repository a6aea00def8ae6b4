// Puts the engine together: profiles, vault, pools, sessions, clipboard. Everything of Sesame that needs no window, and so the
// same for the app and for what will run without one.

import { homedir } from 'node:os'
import { join } from 'node:path'
import { createActivityFile } from './activity/activity-file.ts'
import { createCredentialsSource, createIssuer } from './cognito/index.ts'
import { sesameWords } from './credentials/aws-files/command-line.ts'
import { type AwsFilesWriter, awsFilePaths, createAwsFiles } from './credentials/aws-files/index.ts'
import { type KeptSections, keptSectionsIn } from './credentials/aws-files/kept-sections.ts'
import { thisMachine } from './credentials/aws-files/this-machine.ts'
import { type Clipboard, type ClipboardGuard, createClipboardGuard } from './credentials/clipboard-guard.ts'
import { createNoticeBoard, type NoticeBoard } from './ipc/notices.ts'
import { sweepLeftovers } from './leftovers.ts'
import { createLockFiles, type LockFilesOptions } from './locks/lock-files.ts'
import type { Log } from './logging/log.ts'
import { createProfileStore, type ProfileStore } from './profiles/profile-store.ts'
import type { SessionManager } from './sessions/api.ts'
import type { OpenUrl } from './sessions/browser-sign-in.ts'
import { createSessionManager } from './sessions/manager.ts'
import type { Issuer, SessionVault } from './sessions/ports.ts'
import { systemClock } from './sessions/system-clock.ts'
import type { ProfileSecret } from './vault/accounts.ts'
import { createHelperKeytar } from './vault/helper-keytar.ts'
import type { StartHelper } from './vault/keychain-protocol.ts'
import { openKeychainVault, openMemoryVault } from './vault/open-vault.ts'
import type { Encryption } from './vault/spill.ts'

export interface EngineOptions {
  /** Where profiles and the vault's index lie. */
  readonly configDir: string
  /** The person's own configuration folder, whose keychain items carry the plain name. */
  readonly defaultConfigDir: string
  readonly vault: 'keychain' | 'memory'
  /** How the keychain's process is started; keytar runs in this one without it. */
  readonly startKeychain?: StartHelper | undefined
  /** For what waits for the keychain; only memory holds it without. */
  readonly encryption?: Encryption | undefined
  readonly clipboard: Clipboard
  /** Opens the system browser; without it, browser sign-in shows its address to copy. */
  readonly openUrl?: OpenUrl
  readonly log: Log
}

export interface Engine {
  readonly profiles: ProfileStore
  readonly vault: SessionVault
  readonly issuer: Issuer
  readonly sessions: SessionManager
  readonly clipboard: ClipboardGuard
  readonly notices: NoticeBoard
  readonly awsFiles: AwsFilesWriter
  readonly keptSections: KeptSections
  /** Reads the profiles, and asks the keychain whether it is there. What was wrong with the file becomes a notice. */
  open(): Promise<void>
  /** Lets writes finish and takes what is ours off the clipboard. Nobody is signed out. */
  close(): Promise<void>
  /** Removes what killed processes left on the disk. For when there is time. */
  sweep(): Promise<void>
  /** Client secrets and devices that end with this process, because neither the keychain nor the disk took them. */
  unsavedSecrets(): readonly ProfileSecret[]
  /** A call hangs in the keychain, and the process would wait for it on exit. */
  isStuck(): boolean
}

/** Makes the engine. Nothing is read, connected or asked before `open`, and no stored session before `sessions.start`. */
export const createEngine = (options: EngineOptions): Engine => {
  const { configDir, log, startKeychain } = options
  const clock = systemClock
  const reportBug = (error: unknown): void => log.error('bug', { error })
  const locks = (folder: string): LockFilesOptions => ({
    folder: join(folder, 'locks'),
    clock,
    onUnprotected: (reason) => log.warn('locks.refused', { reason }),
  })
  const lock = createLockFiles(locks(configDir))
  const profiles = createProfileStore({ directory: configDir, clock, lock })
  const vault =
    options.vault === 'memory'
      ? openMemoryVault(clock)
      : openKeychainVault({
          directory: configDir,
          defaultDirectory: options.defaultConfigDir,
          clock,
          encryption: options.encryption,
          lock: createLockFiles({ ...locks(configDir), patienceMs: 15_000 }),
          ...(startKeychain === undefined
            ? {}
            : { loadKeytar: async () => createHelperKeytar(startKeychain) }),
        })
  const issuer = createIssuer({ clock })
  const sessions = createSessionManager({
    profiles,
    vault: vault.sessions,
    issuer,
    credentials: createCredentialsSource({ clock }),
    clock,
    random: Math.random,
    archive: createActivityFile({ folder: join(configDir, 'activity') }),
    lock,
    ...(options.openUrl && { openUrl: options.openUrl }),
    reportBug,
  })
  const notices = createNoticeBoard()
  const isDefault = configDir === options.defaultConfigDir
  const words = sesameWords(thisMachine())
  const awsPaths = awsFilePaths(process.env, homedir())
  const awsFiles = createAwsFiles({
    paths: awsPaths,
    command: {
      words: [
        ...(words ?? ['sesame']),
        'credential-process',
        ...(isDefault ? [] : ['--config-dir', configDir]),
      ],
      isFound: words !== undefined,
      platform: process.platform,
    },
    // Of the person, since every folder's Sesame writes the same files.
    lock: isDefault ? lock : createLockFiles(locks(options.defaultConfigDir)),
  })
  const clipboard = createClipboardGuard({ clipboard: options.clipboard, clock })
  return {
    profiles,
    vault: vault.sessions,
    issuer,
    sessions,
    clipboard,
    notices,
    awsFiles,
    keptSections: keptSectionsIn(join(configDir, 'aws-files.json')),
    async open() {
      // Not waited for: a keychain may take its time, or a prompt. Until it has answered it counts as locked.
      vault.sessions.probe().catch(reportBug)
      const failure = await profiles.open()
      if (!failure) return
      log.warn('profiles.notice', { code: failure.code, detail: failure.detail })
      notices.put({ id: 'profiles', tone: 'bad', failure })
    },
    async close() {
      await Promise.all([clipboard.clear().catch(reportBug), sessions.stop()])
    },
    sweep: () =>
      sweepLeftovers({
        configDir,
        files: Object.values(awsPaths),
        locks: locks(configDir),
        profiles,
        items: vault.items,
      }),
    unsavedSecrets: () => vault.unsavedSecrets(),
    isStuck: () => vault.isStuck(),
  }
}
