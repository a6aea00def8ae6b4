// Names what the handlers work with. Every part is a port or a value from another folder; none of them is Electron.
import type { AppView, ClipboardView, EndWarnings, Theme } from '../../../preload/views.ts'
import type { AwsFilesWriter } from '../../credentials/aws-files/index.ts'
import type { ProfileEndpoints } from '../../credentials/profile-endpoints.ts'
import type { Result } from '../../failure.ts'
import type { ProfileStore } from '../../profiles/profile-store.ts'
import type { SessionManager } from '../../sessions/api.ts'
import type { Issuer, SessionVault } from '../../sessions/ports.ts'
import type { Emit } from '../events.ts'
import type { NoticeBoard } from '../notices.ts'

/** The running application, as desktop/ knows it. */
export interface AppPort {
  readonly version: string
  readonly host: AppView['host']
  readonly platform: AppView['platform']
  readonly appearance: AppView['appearance']
  chooseTheme(theme: Theme): void
  readonly endWarnings: EndWarnings
  chooseEndWarnings(choice: EndWarnings): void
  /** Puts the report of main/diagnostics.ts on the clipboard, where it stays. */
  copyDiagnostics(): Promise<void>
  /** Gives an address to the person's browser. False where none could be started. */
  readonly openUrl: (url: string) => Promise<boolean>
}

/** The system clipboard with its guard, who clears what Sesame put there. */
export interface ClipboardPort {
  readonly view: ClipboardView
  /** `what` says to a person what was copied, e.g. "AWS credentials". */
  copy(text: string, what: string): Promise<void>
  clear(): Promise<void>
  onChange(listener: (view: ClipboardView) => void): () => void
}

/** Files a person chooses, in the system's own dialogs; undefined where the dialog was cancelled. */
export interface ProfileFilesPort {
  /** Codes: import.unreadable, import.unrecognised (too large). */
  open(): Promise<Result<{ readonly name: string; readonly text: string } | undefined>>
  /** Answers the name of the file. Code: export.not-written. */
  save(suggestedName: string, text: string): Promise<Result<string | undefined>>
}

export interface HandlerDeps {
  readonly app: AppPort
  readonly profiles: ProfileStore
  readonly vault: SessionVault
  readonly sessions: SessionManager
  readonly issuer: Pick<Issuer, 'check'>
  readonly clipboard: ClipboardPort
  readonly notices: NoticeBoard
  readonly awsFiles: AwsFilesWriter
  readonly endpoints: Pick<ProfileEndpoints, 'state' | 'renewToken'>
  readonly files: ProfileFilesPort
  readonly emit: Emit
}
