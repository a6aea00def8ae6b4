// Owns buttons: the four kinds, icon-only ones with a spoken label, and those that read as a link.
import { clsx } from 'clsx'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import styles from './Button.module.css'
import { Spinner } from './Spinner.tsx'
import { Tooltip } from './Tooltip.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'default' | 'ghost' | 'danger'
  size?: 'normal' | 'small'
  /** Shows a spinner and swallows clicks, but keeps focus and name, so that nothing jumps for a screen reader. */
  busy?: boolean
  icon?: ReactNode
}

const quietWhile =
  (busy: boolean, onClick: ButtonProps['onClick']) => (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }

/** A button. `type` is `button` unless given, so that one inside a form submits nothing by accident. */
export const Button = ({
  variant = 'default',
  size = 'normal',
  busy = false,
  icon,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    // oxlint-disable-next-line react/button-has-type -- the type is always one of the three, `button` by default
    type={type}
    className={clsx(styles.button, styles[variant], size === 'small' && styles.small, className)}
    aria-busy={busy || undefined}
    aria-disabled={busy || rest['aria-disabled'] || undefined}
    onClick={quietWhile(busy, onClick)}
  >
    {(busy || icon !== undefined) && (
      <span className={styles.icon}>{busy ? <Spinner decorative /> : icon}</span>
    )}
    {children}
  </button>
)

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  /** What it does: its name for screen readers, and its tooltip. */
  label: string
  /** The icon. */
  children: ReactNode
  /** Leaves out the tooltip, where the label is also written beside it. */
  plain?: boolean
}

/** A square button with an icon only. */
export const IconButton = ({
  label,
  children,
  variant = 'ghost',
  size = 'normal',
  busy = false,
  plain = false,
  className,
  onClick,
  type = 'button',
  ...rest
}: IconButtonProps) => {
  const button = (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- as above
      type={type}
      aria-label={label}
      aria-busy={busy || undefined}
      className={clsx(
        styles.button,
        styles[variant],
        styles.square,
        size === 'small' && styles.small,
        className,
      )}
      onClick={quietWhile(busy, onClick)}
    >
      {busy ? <Spinner decorative /> : children}
    </button>
  )
  return plain ? button : <Tooltip text={label}>{button}</Tooltip>
}

/** A button that reads as a link inside text ("Forgot password", "Retry"). */
export const LinkButton = ({ className, type = 'button', ...rest }: ComponentProps<'button'>) => (
  // oxlint-disable-next-line react/button-has-type -- as above
  <button {...rest} type={type} className={clsx(styles.link, className)} />
)
