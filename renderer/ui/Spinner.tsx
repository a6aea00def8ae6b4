// Owns the sign that something is under way.
import { Hidden } from './Hidden.tsx'
import styles from './Spinner.module.css'

/** A turning ring. Give it a `label` unless the text beside it already says what is awaited (`decorative`). */
export const Spinner = (
  props: { label: string; decorative?: never } | { decorative: true; label?: never },
) => (
  <>
    <span className={styles.spinner} aria-hidden="true" />
    {props.label !== undefined && <Hidden>{props.label}</Hidden>}
  </>
)
