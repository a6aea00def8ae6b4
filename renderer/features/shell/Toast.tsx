// Owns the short message at the bottom right, and its being spoken.
import { Check, CircleAlert, X } from 'lucide-react'
import { dismissToast, type Toast as ToastState, useToast } from '../../state/index.ts'
import { Button, IconButton } from '../../ui/index.ts'
import styles from './Toast.module.css'

const clearing = ({ clearsInSeconds }: ToastState): string =>
  clearsInSeconds === undefined ? '' : ` — clears in ${clearsInSeconds} s`

const Message = ({ toast }: { toast: ToastState }) => (
  <span className={styles.text}>
    <strong>{toast.text}</strong>
    {clearing(toast)}
    {toast.detail !== undefined && <span className={styles.small}>{toast.detail}</span>}
    {toast.failure !== undefined && (
      <>
        <span className={styles.small}>{toast.failure.remedy}</span>
        {toast.failure.detail !== undefined && <span className={styles.small}>{toast.failure.detail}</span>}
      </>
    )}
    {toast.action !== undefined && (
      <Button size="small" className={styles.action} onClick={toast.action.run}>
        {toast.action.label}
      </Button>
    )}
  </span>
)

/** Both live regions are always there: one that appears together with its text is not announced. */
export const Toast = () => {
  const toast = useToast()
  const failed = toast?.failure !== undefined
  const box = toast && (
    <div className={styles.toast} data-failed={failed ? '' : undefined} data-tone={toast.tone}>
      {failed || toast.tone === 'warn' ? (
        <CircleAlert size={15} aria-hidden="true" />
      ) : (
        <Check size={15} aria-hidden="true" />
      )}
      <Message toast={toast} />
      <IconButton label="Dismiss" size="small" plain onClick={dismissToast}>
        <X size={14} />
      </IconButton>
    </div>
  )
  return (
    <div className={styles.region}>
      <div aria-live="polite">{!failed && box}</div>
      <div role="alert">{failed && box}</div>
    </div>
  )
}
