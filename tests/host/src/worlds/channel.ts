/** Names that both worlds of a page share and that a page's script cannot guess. */

/** Random for each run of the stand-in; written into both scripts when a window is made. */
declare const STAND_IN_CHANNEL: string

export const toPageEvent = `${STAND_IN_CHANNEL}p`
export const toPreloadEvent = `${STAND_IN_CHANNEL}i`

/** What the preload's world exposes for the stand-in's own use, apart from the app's API. */
export const hostKey = `${STAND_IN_CHANNEL}host`

/** @see hostKey */
export interface HostFunctions {
  openWindow(url: string, name: string, features: string): void
  closeWindow(): void
  askPermission(action: string, permission: string, mediaTypes: readonly string[]): Promise<boolean>
}
