// Owns times that count by themselves.
import { relativeText } from '../../format/time.ts'
import { useTicking } from '../../state/index.ts'

/** "in 48 min", "5 h 41 min ago"; renders only when the text changes. */
export const Relative = ({ at, before = '' }: { at: number; before?: string }) => {
  const text = useTicking((now) => relativeText(at, now))
  return <>{before === '' ? text : `${before} ${text}`}</>
}
