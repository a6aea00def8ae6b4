/** `app.requestSingleInstanceLock` and its kin: the lock decides who is first, the mailbox tells the first. */
import { mkdirSync } from 'node:fs'
import { HostEvent } from '../host-event.ts'
import { appEvents } from './events.ts'
import { claimFolder } from './instance-lock.ts'
import { receive, sendToFirst } from './instance-mailbox.ts'
import { whenReady } from './lifecycle.ts'
import { getPath } from './paths.ts'

let release: (() => void) | undefined

/** True for the first process of this user-data folder; any later one delivers its command line to the first. */
export function requestSingleInstanceLock(additionalData: unknown = {}): boolean {
  if (release !== undefined) return true
  const userData = getPath('userData')
  mkdirSync(userData, { recursive: true })
  const since = Date.now()
  const lock = claimFolder(userData)
  if (lock === undefined) {
    sendToFirst(userData, { argv: process.argv, workingDirectory: process.cwd(), additionalData })
    return false
  }
  const stop = receive(userData, since, ({ argv, workingDirectory, additionalData: data }) => {
    void whenReady().then(() =>
      appEvents.emit('second-instance', new HostEvent(), argv, workingDirectory, data),
    )
  })
  release = () => {
    stop()
    lock.release()
  }
  return true
}

export const hasSingleInstanceLock = (): boolean => release !== undefined

export function releaseSingleInstanceLock(): void {
  release?.()
  release = undefined
}
