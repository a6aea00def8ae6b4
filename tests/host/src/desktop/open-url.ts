/** Opens an address in the person's browser, in visible mode only. */
import { spawn } from 'node:child_process'

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  linux: ['xdg-open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** @param url parsed: no shell sees it, and nothing but a web address is opened */
export function openUrl(url: URL): void {
  const opener = OPENERS[process.platform]
  if (opener === undefined || !['https:', 'http:'].includes(url.protocol)) return
  const [command, ...args] = opener
  const child = spawn(command, [...args, url.href], { stdio: 'ignore', detached: true })
  child.once('error', () => process.stderr.write(`stand-in: open this address yourself: ${url.href}\n`))
  child.unref()
}
