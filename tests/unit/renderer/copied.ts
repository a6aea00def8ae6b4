// Owns what a person's gesture puts on the clipboard, which jsdom has none of.
import { vi } from 'vitest'

/** The text that was copied by what `act` does; undefined where nothing was. */
export const copiedBy = async (act: () => unknown): Promise<string | undefined> => {
  let copied: string | undefined
  document.execCommand = vi.fn<() => boolean>(() => {
    const clipboardData = { setData: (_type: string, text: string) => (copied = text) }
    return document.dispatchEvent(Object.assign(new Event('copy', { cancelable: true }), { clipboardData }))
  })
  await act()
  return copied
}
