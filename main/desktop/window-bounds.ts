// Owns where the window opens: where it was, unless that is no longer on a screen.
import type { Bounds } from './settings.ts'

export const defaultSize = { width: 1_180, height: 760 } as const
export const minimumSize = { width: 880, height: 560 } as const
/** So much of the window, in pixels each way, must be on one screen for a person to find and drag it. */
const graspable = 100

const overlap = (from: number, length: number, areaFrom: number, areaLength: number): number =>
  Math.min(from + length, areaFrom + areaLength) - Math.max(from, areaFrom)

/**
 * The bounds to open with, given the saved ones and the work areas of the screens there are now. Without a position the
 * platform centres the window.
 */
export const fitBounds = (
  saved: Bounds | undefined,
  workAreas: readonly Bounds[],
): { width: number; height: number; x?: number; y?: number } => {
  if (!saved) return defaultSize
  const area = workAreas.find(
    (area) =>
      overlap(saved.x, saved.width, area.x, area.width) >= graspable &&
      overlap(saved.y, saved.height, area.y, area.height) >= graspable &&
      saved.y >= area.y, // a title bar above the screen can't be reached
  )
  if (!area) return defaultSize
  const width = Math.max(minimumSize.width, Math.min(saved.width, area.width))
  const height = Math.max(minimumSize.height, Math.min(saved.height, area.height))
  return { x: saved.x, y: saved.y, width, height }
}
