// Owns short messages of the operating system, for what happens while no window is in front.
import { Notification } from 'electron'
import type { Log } from '../logging/log.ts'

export interface Message {
  readonly title: string
  readonly body: string
}

/** Shows a message where the platform can; never a secret, since others may see the screen. `onClick` is optional. */
export const notify = ({ title, body }: Message, log: Log, onClick?: () => void): void => {
  if (!Notification.isSupported()) return
  try {
    const notification = new Notification({ title, body, silent: true })
    if (onClick) notification.on('click', onClick)
    notification.show()
  } catch (error) {
    log.warn('notification.failed', { error })
  }
}
