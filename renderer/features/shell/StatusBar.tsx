// Owns the line at the bottom: keychain, next refresh, clock, clipboard.
import { clsx } from 'clsx'
import { useMemo } from 'react'
import { times } from '../../format/time.ts'
import {
  clearClipboard,
  retryVault,
  useApp,
  useLocalNow,
  useProfiles,
  useTicking,
} from '../../state/index.ts'
import { LinkButton, StatusDot } from '../../ui/index.ts'
import styles from './StatusBar.module.css'
import { clockIsWrong, clockWords, nextRefresh, vaultWords, waitingWords } from './status-words.ts'

const Keychain = () => {
  const profiles = useProfiles()
  const waiting = useMemo(() => waitingWords(profiles), [profiles])
  const { tone, text, canRetry } = vaultWords(
    useApp((state) => state.vault),
    waiting !== undefined,
  )
  return (
    <span className={clsx(styles.item, tone === 'bad' && styles.bad, tone === 'warn' && styles.warn)}>
      <StatusDot tone={tone} />
      {text}
      {waiting && (
        <span className={clsx(styles.waiting, waiting.tone === 'warn' && styles.warn)}>{waiting.text}</span>
      )}
      {canRetry && <LinkButton onClick={() => void retryVault()}>Retry</LinkButton>}
    </span>
  )
}

const NextRefresh = () => {
  const profiles = useProfiles()
  const next = useMemo(() => nextRefresh(profiles), [profiles])
  const text = useTicking((now) =>
    next === undefined ? '' : `Next refresh ${times.shortTime(next.at, now)} · ${next.name}`,
  )
  return text === '' ? null : <span className={styles.flexible}>{text}</span>
}

const Clock = () => {
  const offsetMs = useApp((state) => state.clockOffsetMs)
  const words = clockWords(offsetMs)
  return words === undefined ? null : (
    <span className={clsx(styles.clock, clockIsWrong(offsetMs) && styles.warn)}>{words}</span>
  )
}

/** The countdown is not announced: the toast has said it once. */
const Clipboard = () => {
  const clearsAt = useApp((state) => state.clipboard.clearsAt)
  const now = useLocalNow()
  if (clearsAt === undefined) return null
  return (
    <span className={styles.item}>
      Clipboard clears in {Math.max(0, Math.ceil((clearsAt - now) / 1_000))} s
      <LinkButton onClick={() => void clearClipboard()}>Clear</LinkButton>
    </span>
  )
}

/** Says nothing before main has: what is known until then is a stand-in. */
export const StatusBar = () => {
  const isReady = useApp((state) => state.load.kind === 'ready')
  return (
    <footer className={styles.bar} aria-label="Status">
      {isReady && (
        <>
          <Keychain />
          <span className={styles.rest}>
            <NextRefresh />
            <Clock />
          </span>
          <Clipboard />
        </>
      )}
    </footer>
  )
}
