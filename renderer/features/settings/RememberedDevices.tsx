// Owns the list of devices that the user pool knows of the user who is signed in: remembering one after all, and forgetting one.
import { useState } from 'react'
import type { DeviceView, ProfileView } from '../../../preload/views.ts'
import { times } from '../../format/time.ts'
import { liveSession, request, showToast, tellFailure, useAnswer } from '../../state/index.ts'
import { Badge, Button, FailureMessage } from '../../ui/index.ts'
import { Section } from '../values/Facts.tsx'
import { Pending } from '../values/Pending.tsx'
import styles from './SettingsPanel.module.css'

export const RememberedDevices = ({ view }: { view: ProfileView }) => (
  <Section title="Remembered devices">
    {liveSession(view.session) === undefined ? (
      <p className={styles.none}>Sign in to see the devices the user pool remembers.</p>
    ) : (
      <Devices profileId={view.profile.id} />
    )}
  </Section>
)

const Devices = ({ profileId }: { profileId: string }) => {
  const [devices, askAgain] = useAnswer(() => request('devices.list', profileId), profileId)
  if (devices.kind === 'loading') return <Pending label="Asking the user pool" />
  if (devices.kind === 'failed')
    return (
      <FailureMessage
        failure={devices.failure}
        tone="warn"
        role="note"
        actions={<Button onClick={askAgain}>Try again</Button>}
      />
    )
  if (devices.value.length === 0) return <p className={styles.none}>The user pool remembers none.</p>
  return (
    <ul>
      {devices.value.map((device) => (
        <Device key={device.key} profileId={profileId} device={device} onChanged={askAgain} />
      ))}
    </ul>
  )
}

const lastSeen = ({ lastSeenAt, lastAddress }: DeviceView): string | undefined =>
  lastSeenAt === undefined
    ? undefined
    : `last seen ${times.full(lastSeenAt)}${lastAddress === undefined ? '' : ` from ${lastAddress}`}`

const Device = ({
  profileId,
  device,
  onChanged,
}: {
  profileId: string
  device: DeviceView
  onChanged: () => void
}) => {
  const [busy, setBusy] = useState(false)
  const name = device.name ?? device.key
  const forget = async (): Promise<void> => {
    setBusy(true)
    const answer = await request('devices.forget', profileId, device.key)
    setBusy(false)
    if (answer.ok)
      showToast({
        text: `The user pool forgot ${name}`,
        ...(device.isThisOne && {
          detail: 'This session may not be refreshed any more: sign in again when it ends.',
          stays: true,
        }),
      })
    // What was wanted, only that somebody else was first.
    else if (answer.failure.code === 'device.not-remembered')
      showToast({ text: `The user pool had forgotten ${name} already` })
    else {
      tellFailure(answer.failure)
      return
    }
    onChanged()
  }
  const remember = async (): Promise<void> => {
    setBusy(true)
    const answer = await request('devices.remember', profileId, device.key)
    setBusy(false)
    if (!answer.ok) {
      tellFailure(answer.failure)
      return
    }
    showToast({
      text: `The user pool remembers ${name}`,
      detail: 'It may ask for fewer second factors on it.',
    })
    onChanged()
  }
  const isDeclined = device.remembered === false
  return (
    <li className={styles.device}>
      <div className={styles.about}>
        <span>{name}</span> {device.isThisOne && <Badge tone="accent">this one</Badge>}
        <small>{isDeclined ? 'known, and not to be remembered' : lastSeen(device)}</small>
      </div>
      <div className={styles.verbs}>
        {device.isThisOne && isDeclined && (
          <Button size="small" busy={busy} aria-label={`Remember ${name}`} onClick={() => void remember()}>
            Remember
          </Button>
        )}
        <Button size="small" busy={busy} aria-label={`Forget ${name}`} onClick={() => void forget()}>
          Forget
        </Button>
      </div>
    </li>
  )
}
