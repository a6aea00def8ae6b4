// Owns the course of "Sign out everywhere": asked, running with a state per session, over with an outcome per session.
import { useEffect, useState } from 'react'
import type { Failure } from '../../../main/failure.ts'
import type { ProfileView, SignOutOutcome } from '../../../preload/views.ts'
import { clearClipboard, request, useProfiles } from '../../state/index.ts'
import { advance, markOfOutcome, type Progress, type RowMark, rowMarks } from './progress.ts'
import { sessionsToEnd } from './survival.ts'

export type Phase =
  | { readonly kind: 'asking'; readonly failure?: Failure }
  | { readonly kind: 'running' }
  | { readonly kind: 'over'; readonly outcomes: readonly SignOutOutcome[] }

export interface SignOutEverywhere {
  readonly phase: Phase
  /** The sessions it is about; once it runs they are those it started with, although they end one by one. */
  readonly views: readonly ProfileView[]
  /** How the session of a profile stands; undefined before it runs. */
  readonly markOf: (profileId: string) => RowMark | undefined
  readonly start: (alsoClearClipboard: boolean) => Promise<void>
}

export const useSignOutEverywhere = (): SignOutEverywhere => {
  const [phase, setPhase] = useState<Phase>({ kind: 'asking' })
  const [progress, setProgress] = useState<Progress>(new Map())
  const [started, setStarted] = useState<readonly ProfileView[]>([])
  const profiles = useProfiles()

  useEffect(
    () =>
      window.sesame.on('signOutEverywhere.progress', (event) => setProgress((now) => advance(now, event))),
    [],
  )

  const start = async (alsoClearClipboard: boolean): Promise<void> => {
    if (phase.kind !== 'asking') return
    setStarted(sessionsToEnd(profiles))
    setPhase({ kind: 'running' })
    // First, because it always works and what is on it may be a credential.
    if (alsoClearClipboard) await clearClipboard()
    const answer = await request('session.signOutEverywhere')
    setPhase(
      answer.ok ? { kind: 'over', outcomes: answer.value } : { kind: 'asking', failure: answer.failure },
    )
  }

  const markOf = (profileId: string): RowMark | undefined => {
    const outcome = phase.kind === 'over' && phase.outcomes.find((each) => each.profileId === profileId)
    if (outcome) return markOfOutcome(outcome)
    const state = progress.get(profileId)
    return state && rowMarks[state]
  }

  return { phase, views: phase.kind === 'asking' ? sessionsToEnd(profiles) : started, markOf, start }
}
