/** The person's real clipboard, through whichever command-line tool this machine has. Used in visible mode only. */
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

type Command = readonly [name: string, ...args: string[]]

interface Tool {
  readonly read: Command
  readonly write: Command
}

const WAYLAND: Tool = { read: ['wl-paste', '--no-newline'], write: ['wl-copy'] }
const X11: Tool = {
  read: ['xclip', '-selection', 'clipboard', '-o'],
  write: ['xclip', '-selection', 'clipboard', '-i'],
}
const MACOS: Tool = { read: ['pbpaste'], write: ['pbcopy'] }
const WINDOWS: Tool = {
  read: ['powershell', '-NoProfile', '-Command', 'Get-Clipboard -Raw'],
  write: ['clip'],
}

/** How long a tool may take, in milliseconds, before it is given up. */
const TIMEOUT_MS = 2000

function findTool(): Tool | undefined {
  if (process.platform === 'darwin') return MACOS
  if (process.platform === 'win32') return WINDOWS
  const tools = process.env['WAYLAND_DISPLAY'] === undefined ? [X11] : [WAYLAND, X11]
  return tools.find((tool) => isOnPath(tool.read[0]) && isOnPath(tool.write[0]))
}

function isOnPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

export interface SystemClipboard {
  /** Undefined when the clipboard holds no text or the tool fails. */
  read(): Promise<string | undefined>
  write(text: string): Promise<void>
}

export function findSystemClipboard(): SystemClipboard | undefined {
  const tool = findTool()
  if (tool === undefined) return undefined
  return {
    read: () => run(tool.read, undefined),
    // The text goes through a pipe: a command line can be read by every process.
    write: async (text) => void (await run(tool.write, text)),
  }
}

/** Answers what the command printed, undefined when it failed. */
function run([name, ...args]: Command, input: string | undefined): Promise<string | undefined> {
  return new Promise((resolve) => {
    // xclip and wl-copy stay in the background to serve the text: only their own stdout must not be waited for.
    const stdout = input === undefined ? 'pipe' : 'ignore'
    const child = spawn(name, args, { stdio: ['pipe', stdout, 'ignore'], timeout: TIMEOUT_MS })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
    child.once('error', () => resolve(undefined))
    child.once('close', (code) => resolve(code === 0 ? output : undefined))
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}
