// Owns how codes are typed and how Cognito writes lists and deliveries. Pure.
import type { CodeDelivery } from '../../../preload/views.ts'

/** Authenticator apps and mails show codes in groups. */
export const typedCode = (typed: string): string => typed.replaceAll(/\s/g, '')

const media: Readonly<Record<string, CodeDelivery['medium']>> = { SMS: 'sms', EMAIL: 'email' }

/** Where a code went, by DeliveryMedium and Destination. */
export const deliveryIn = (medium: string | undefined, destination: string | undefined): CodeDelivery => ({
  ...(medium !== undefined && media[medium] !== undefined ? { medium: media[medium] } : {}),
  ...(destination ? { destination } : {}),
})

/** What a JSON text holds, undefined where it holds none. */
export const parsed = (json: string | undefined): unknown => {
  try {
    return JSON.parse(json ?? 'null')
  } catch {
    return undefined
  }
}

/** The names in a JSON list; none where it is no list. */
export const namesIn = (json: string | undefined): string[] => {
  const names = parsed(json)
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}
