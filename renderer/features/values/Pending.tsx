// Owns what stands where an answer is awaited.
import { Spinner } from '../../ui/index.ts'
import styles from './Pending.module.css'

/** A spinner with words, shown only if the wait is noticeable. */
export const Pending = ({ label }: { label: string }) => (
  <output className={styles.pending}>
    <Spinner decorative /> {label}…
  </output>
)
