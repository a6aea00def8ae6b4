/** What the demo's preload puts into its page. */
import type { Api } from './preload/index.ts'

declare global {
  interface Window {
    readonly api: Api
  }
}
