// Owns a value that can be taken along: shown short, whole in its tooltip, copied by a click. Never for secrets.
import { clsx } from 'clsx'
import { Copy } from 'lucide-react'
import { copyPlain } from '../../state/index.ts'
import { Tooltip } from '../../ui/index.ts'
import styles from './CopyValue.module.css'

export interface CopyValueProps {
  value: string
  /** What is shown instead, if shorter. */
  short?: string
  /** What it is, for "Copied user id" and for screen readers. */
  what: string
  /** Ids and addresses; off for words. */
  mono?: boolean
}

export const CopyValue = ({ value, short = value, what, mono = true }: CopyValueProps) => {
  const button = (
    <button
      type="button"
      className={clsx(styles.value, mono && styles.mono)}
      aria-label={`Copy ${what}: ${value}`}
      onClick={() => copyPlain(value, what)}
    >
      <span className={short === value ? undefined : styles.short}>{short}</span>
      <Copy size={12} aria-hidden="true" />
    </button>
  )
  return short === value ? button : <Tooltip text={value}>{button}</Tooltip>
}
