// Owns the system clipboard as main sees it: text in, text out. Who clears what, and when, is decided elsewhere.
import { clipboard } from 'electron'

/** Electron's clipboard has been Promise-based, and main's alone, since version 44. */
export const systemClipboard = {
  readText: (): Promise<string> => clipboard.readText(),
  writeText: (text: string): Promise<void> => clipboard.writeText(text),
}
