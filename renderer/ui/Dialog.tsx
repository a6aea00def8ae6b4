// Owns the dialog frame of the mockups: header, body, footer. Knows nothing of what is asked in it.
import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { FormEvent, ReactNode } from 'react'
import { IconButton } from './Button.tsx'
import styles from './Dialog.module.css'
import { dialogFocus } from './dialog-focus.ts'
import { Hidden } from './Hidden.tsx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** The line under the title. */
  lead?: ReactNode
  /** Buttons, right-aligned; one that carries `data-start` moves to the left. */
  footer: ReactNode
  children: ReactNode
  wide?: boolean
  /** Makes body and footer one form, so that Enter in a field submits it. */
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void
}

/** A modal dialog: focus stays inside and returns to where it was, Esc and the scrim close it. */
export const Dialog = ({
  open,
  onOpenChange,
  title,
  lead,
  footer,
  children,
  wide,
  onSubmit,
}: DialogProps) => {
  const inside = (
    <>
      <div className={styles.body}>{children}</div>
      <div className={styles.footer}>{footer}</div>
    </>
  )
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={clsx(styles.dialog, wide && styles.wide)}
          {...dialogFocus}
          {...(lead === undefined && { 'aria-describedby': undefined })}
        >
          <header className={styles.header}>
            <div>
              <Radix.Title className={styles.title}>{title}</Radix.Title>
              {lead !== undefined && (
                <Radix.Description className={styles.lead} asChild>
                  <div>{lead}</div>
                </Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" size="small" className={styles.close} plain>
                <X size={16} />
              </IconButton>
            </Radix.Close>
          </header>
          {onSubmit === undefined ? (
            inside
          ) : (
            <form
              className={styles.form}
              noValidate
              onSubmit={(event) => {
                event.preventDefault()
                onSubmit(event)
              }}
            >
              {inside}
            </form>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The same modal behaviour without the frame, for the command palette. `title` is spoken, not shown. */
export const BareDialog = ({
  open,
  onOpenChange,
  title,
  children,
}: Pick<DialogProps, 'open' | 'onOpenChange' | 'title' | 'children'>) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Radix.Overlay className={styles.overlay} />
      <Radix.Content
        className={clsx(styles.dialog, styles.wide, styles.bare)}
        {...dialogFocus}
        aria-describedby={undefined}
      >
        <Hidden>
          <Radix.Title>{title}</Radix.Title>
        </Hidden>
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
