/** What the page may ask of the main process; every sender is checked. */

import type { IpcMainInvokeEvent } from 'electron'
import { app, clipboard, dialog, ipcMain, Notification, nativeTheme, shell } from 'electron'
import { describe } from './describe.ts'
import { log } from './log.ts'
import { window } from './window.ts'

const PROFILES = [
  { id: 1, name: 'Alpha', created: new Date('1970-01-01T00:00:00Z') },
  { id: 2, name: 'Beta', created: new Date('1970-01-02T00:00:00Z') },
]

class CodedError extends Error {
  readonly code = 'E_CODED'
  override name = 'CodedError'
}

export function registerHandlers(): void {
  handle('profiles', () => PROFILES)
  handle('echo', (value: unknown) => value)
  handle('describe', (value: unknown) => describe(value))
  handle('fail', fail)
  handle('give-function', () => ({ call: () => 1 }))
  handle('copy', (text: string) => clipboard.writeText(text))
  handle('open', (url: string) => shell.openExternal(url))
  handle('notify', (title: string) => new Notification({ title, body: 'body' }).show())
  handle('log', () => [...log])
  handle('pick', async () => {
    const parent = window()
    if (parent === null) return []
    return (await dialog.showOpenDialog(parent, { properties: ['openFile'] })).filePaths
  })
  handle('theme', (source: 'system' | 'light' | 'dark') => {
    nativeTheme.themeSource = source
    return nativeTheme.shouldUseDarkColors
  })
  handle('about', () => ({
    userData: app.getPath('userData'),
    name: app.getName(),
    version: app.getVersion(),
    isPackaged: app.isPackaged,
    electron: process.versions.electron,
    processType: process.type,
  }))
  ipcMain.on('ping', (event, count: number) => {
    log.push(`ping:${count}`)
    event.reply('pong', count + 1)
    event.sender.send('pong', count + 2)
  })
}

/** `never[]`: each handler names what it expects; the demo trusts its own page. */
function handle(channel: string, handler: (...args: never[]) => unknown): void {
  ipcMain.handle(channel, (event, ...args) => {
    refuseStrangers(event)
    return Reflect.apply(handler, undefined, args)
  })
}

function refuseStrangers({ sender, senderFrame }: IpcMainInvokeEvent): void {
  const isOurs = senderFrame !== null && senderFrame === sender.mainFrame
  if (!isOurs || new URL(senderFrame.url).protocol !== 'app:') throw new Error('untrusted sender')
}

function fail(kind?: string): never {
  if (kind === 'type') throw new TypeError('bad thing')
  // oxlint-disable-next-line typescript/only-throw-error -- what becomes of a thrown string is part of the contract
  if (kind === 'string') throw 'plain'
  throw new CodedError('coded')
}
