// Owns the three lifetime cards (P12).
import type { ProfileView } from '../../../preload/views.ts'
import { times } from '../../format/time.ts'
import { type LiveSession, useNow } from '../../state/index.ts'
import styles from './Lifetimes.module.css'
import { type Lifetime, lifetimesOf } from './lifetimes.ts'

const Card = ({ lifetime }: { lifetime: Lifetime }) => (
  <div className={styles.card}>
    <div className={styles.head}>
      <h2>{lifetime.title}</h2>
      <span title={lifetime.aside}>{lifetime.aside}</span>
    </div>
    <p className={styles.value}>
      {lifetime.value} <small>{lifetime.note}</small>
    </p>
    {/* The text above says the same: the bar is for the eye only. */}
    <div className={styles.bar} aria-hidden="true">
      {lifetime.left !== undefined && (
        <div
          className={styles.fill}
          data-tone={lifetime.tone}
          style={{ width: `${(lifetime.left * 100).toFixed(1)}%` }}
        />
      )}
    </div>
  </div>
)

export const Lifetimes = ({ view, live }: { view: ProfileView; live: LiveSession }) => {
  const now = useNow(1_000)
  return (
    <section className={styles.cards} aria-label="Lifetimes">
      {lifetimesOf(view, live, now, times).map((lifetime) => (
        <Card key={lifetime.title} lifetime={lifetime} />
      ))}
    </section>
  )
}
