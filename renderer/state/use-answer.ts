// Owns reading something from main for as long as it is shown: loading, failed, ready, and asking again.
import { useEffect, useEffectEvent, useState } from 'react'
import type { Failure, Result } from '../../main/failure.ts'

export type Answer<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly value: T }

const loading = { kind: 'loading' } as const

/**
 * What `ask` answers. Asked anew when `subject` or `version` changes: another subject starts over, another version of the
 * same subject keeps showing the last answer meanwhile. Late answers are dropped. Also gives a function that asks again.
 */
export const useAnswer = <T>(
  ask: () => Promise<Result<T>>,
  subject: string,
  version: string | number = 0,
): [Answer<T>, () => void] => {
  const [state, setState] = useState<{ subject: string; answer: Answer<T> }>({ subject, answer: loading })
  const [round, setRound] = useState(0)
  const askNow = useEffectEvent(ask)

  useEffect(() => {
    let wanted = true
    const settle = async () => {
      const result = await askNow()
      if (!wanted) return
      const answer: Answer<T> = result.ok
        ? { kind: 'ready', value: result.value }
        : { kind: 'failed', failure: result.failure }
      setState({ subject, answer })
    }
    void settle()
    return () => {
      wanted = false
    }
    // `version` and `round` are not read here: that they changed is the reason to ask again.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [subject, version, round])

  return [state.subject === subject ? state.answer : loading, () => setRound(round + 1)]
}
