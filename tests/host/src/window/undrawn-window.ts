/** What decorates a window and is not drawn here: nothing to see, and nothing an app could read back. */
import { EventEmitter } from 'node:events'
import { note } from '../journal.ts'
import type { BrowserWindowEvents } from './events.ts'

export class UndrawnWindow extends EventEmitter<BrowserWindowEvents> {
  setMinimumSize(_width: number, _height: number): void {}
  center(): void {}
  setMenu(_menu: unknown): void {}
  removeMenu(): void {}
  setMenuBarVisibility(_isVisible: boolean): void {}
  setAutoHideMenuBar(_hide: boolean): void {}
  setTitleBarOverlay(_options: Electron.TitleBarOverlayOptions): void {}
  setBackgroundColor(_color: string): void {}
  setAlwaysOnTop(_flag: boolean): void {}
  setSkipTaskbar(_skip: boolean): void {}
  setIcon(_icon: unknown): void {}

  setContentProtection(isProtected: boolean): void {
    note('window.setContentProtection', isProtected)
  }

  flashFrame(isFlashing: boolean): void {
    note('window.flashFrame', isFlashing)
  }

  setProgressBar(progress: number): void {
    note('window.setProgressBar', progress)
  }
}
