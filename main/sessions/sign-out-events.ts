// Owns how the end of a session at Cognito is told in its activity.
import type { ActivityLog } from './activity.ts'
import type { Ending } from './end-session.ts'

/** Adds what became of a sign-out, and how long Cognito took for it in milliseconds. */
export const tellEnding = (
  activity: ActivityLog,
  profileId: string,
  ending: Ending,
  durationMs: number,
): void => {
  if (ending.kind === 'pending') {
    const { failure } = ending
    activity.add(profileId, { kind: 'revocation-pending', durationMs, requestId: failure.requestId, failure })
    return
  }
  activity.add(profileId, {
    kind: 'signed-out',
    detail: ending.kind === 'everywhere' ? 'all devices' : 'this device',
    durationMs,
    requestId: ending.requestId,
    failure: ending.kind === 'device' ? ending.failure : undefined,
  })
}
