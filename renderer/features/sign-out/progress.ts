// Owns how each row of "Sign out everywhere" stands: from the events while it runs, from the outcomes once it is over. Pure.
import type { EventPayload } from '../../../preload/contract.ts'
import type { SignOutOutcome } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'

export type RowState = EventPayload<'signOutEverywhere.progress'>['state']
export type Progress = ReadonlyMap<string, RowState>

export interface RowMark {
  readonly tone: 'ok' | 'warn' | 'bad' | 'neutral'
  readonly text: string
}

/** The badge of a row, in the mockup's words. */
export const rowMarks: Record<RowState, RowMark> = {
  waiting: { tone: 'neutral', text: 'waiting' },
  'signing-out': { tone: 'neutral', text: 'signing out…' },
  done: { tone: 'ok', text: 'done' },
  'when-online': { tone: 'warn', text: 'when online' },
  failed: { tone: 'bad', text: 'failed' },
}

/** One event of main. */
export const advance = (
  progress: Progress,
  { profileId, state }: EventPayload<'signOutEverywhere.progress'>,
): Progress => new Map(progress).set(profileId, state)

/** What the badge of a finished sign-out says. */
export const markOfOutcome = ({ reached, failure }: SignOutOutcome): RowMark => {
  switch (reached) {
    case 'everywhere':
    case 'device':
      return rowMarks.done
    case 'nothing-to-do':
      return failure === undefined ? rowMarks.done : rowMarks.failed
    case 'device-only':
      return { tone: 'warn', text: 'this device only' }
    case 'pending':
      return rowMarks['when-online']
    default:
      return unreachable(reached)
  }
}
