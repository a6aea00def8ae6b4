/** `WebFrameMain`, the main frame only: preloads do not run in others, so no message comes from any other. */
import { loud } from '../loud.ts'
import { originOf } from '../web/app-scheme.ts'
import type { WebContents } from './web-contents.ts'

type Covered = Pick<
  Electron.WebFrameMain,
  | 'detached'
  | 'executeJavaScript'
  | 'frameTreeNodeId'
  | 'isDestroyed'
  | 'name'
  | 'origin'
  | 'parent'
  | 'processId'
  | 'routingId'
  | 'send'
  | 'url'
>

export class WebFrameMain implements Covered {
  readonly name = ''
  readonly parent = null
  readonly detached = false
  readonly processId = 1
  readonly routingId = 1
  readonly frameTreeNodeId = 1
  private readonly webContents: WebContents

  constructor(webContents: WebContents) {
    this.webContents = webContents
    return loud('webFrameMain', this)
  }

  get url(): string {
    return this.webContents.getURL()
  }

  get origin(): string {
    return originOf(this.url)
  }

  get top(): WebFrameMain {
    return this.webContents.mainFrame
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed()
  }

  send(channel: string, ...args: unknown[]): void {
    this.webContents.send(channel, ...args)
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.webContents.executeJavaScript(code)
  }
}
