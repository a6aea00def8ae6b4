// Owns a titled list of facts: name on the left, value on the right, aligned with the claims tables.
import { type ReactNode, useId } from 'react'
import styles from './Facts.module.css'

/** A heading with something under it. */
export const Section = ({ title, children }: { title: string; children: ReactNode }) => {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

export const Facts = ({ children }: { children: ReactNode }) => <dl className={styles.facts}>{children}</dl>

/** One fact; `note` is small under the value. */
export const Fact = ({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{name}</dt>
    <dd>
      {children}
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </dd>
  </div>
)
