// Owns the small marks in text: badge, chip, status dot, key, note, block of code.
import { type ReactNode, useState } from 'react'
import { LinkButton } from './Button.tsx'
import { Hidden } from './Hidden.tsx'
import styles from './marks.module.css'

/** What a colour says: fine, wants attention, wrong, under way, or nothing in particular. */
export type Tone = 'ok' | 'warn' | 'bad' | 'accent' | 'neutral'

/** A word or two in a pill. */
export const Badge = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={styles.badge} data-tone={tone}>
    {children}
  </span>
)

/** One of several values: a group, a role, a scope. */
export const Chip = ({ children }: { children: ReactNode }) => <span className={styles.chip}>{children}</span>

/** More chips than this are folded: a user of two hundred groups has other claims to read, too. */
const shownAtFirst = 24

/** A line of chips that wraps, and unfolds where there are many. */
export const ChipList = ({ children }: { children: readonly ReactNode[] }) => {
  const [isWhole, setWhole] = useState(false)
  const more = children.length - shownAtFirst
  return (
    <span className={styles.chips}>
      {isWhole ? children : children.slice(0, shownAtFirst)}
      {more > 0 && (
        <LinkButton className={styles.more} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${more} more`}
        </LinkButton>
      )}
    </span>
  )
}

/** Words as chips. */
export const Chips = ({ values }: { values: readonly string[] }) => (
  <ChipList>
    {values.map((value) => (
      <Chip key={value}>{value}</Chip>
    ))}
  </ChipList>
)

/** A coloured dot. Colour is never alone: give it a `label`, or a text beside it. */
export const StatusDot = ({ tone, label }: { tone: Tone; label?: string }) => (
  <>
    <span className={styles.dot} data-tone={tone} aria-hidden="true" />
    {label !== undefined && <Hidden>{label}</Hidden>}
  </>
)

/** A key or a combination of keys. */
export const Kbd = ({ children }: { children: ReactNode }) => <kbd className={styles.kbd}>{children}</kbd>

export interface NoteProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons at the right edge. */
  actions?: ReactNode
  /** `alert` interrupts a screen reader: only for what the person has just caused. */
  role?: 'alert' | 'note'
}

/** A few sentences that stand out: what is so, why, what to do. */
export const Note = ({ tone = 'neutral', title, children, actions, role = 'note' }: NoteProps) => (
  <div
    className={styles.note}
    data-tone={tone}
    data-with-action={actions === undefined ? undefined : ''}
    role={role}
  >
    <div>
      {title !== undefined && <strong className={styles.noteTitle}>{title}</strong>}
      {children}
    </div>
    {actions !== undefined && <div className={styles.actions}>{actions}</div>}
  </div>
)

/** Text as it is, in a box that scrolls by itself and can be reached by keyboard. */
export const CodeBlock = ({ text, label, wrap }: { text: string; label: string; wrap?: boolean }) => (
  <section
    className={styles.block}
    data-wrap={wrap ? '' : undefined}
    aria-label={label}
    // What scrolls has to be reachable without a mouse (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    tabIndex={0}
  >
    <pre>{text}</pre>
  </section>
)
