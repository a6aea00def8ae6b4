// Owns the question whether a message comes from our own page: the main frame of one of our windows, on our origin.
import type { SenderEvent } from './port.ts'

/** The origin of the renderer; its host is the only one that app:// serves. */
export const appOrigin = 'app://sesame'

export type SenderVerdict = 'trusted' | 'no-frame' | 'other-window' | 'sub-frame' | 'other-origin'

/**
 * Why a message is refused, or `trusted`. A frame can vanish between the message and the check; Electron then gives null or
 * throws on access, and both are refusals.
 */
export const judgeSender = (
  event: SenderEvent,
  isOurWindow: (senderId: number) => boolean,
): SenderVerdict => {
  try {
    const frame = event.senderFrame
    if (frame === null || frame === undefined) return 'no-frame'
    if (!isOurWindow(event.sender.id)) return 'other-window'
    if (frame.parent !== null) return 'sub-frame'
    return frame.url === appOrigin || frame.url.startsWith(`${appOrigin}/`) ? 'trusted' : 'other-origin'
  } catch {
    return 'no-frame'
  }
}
