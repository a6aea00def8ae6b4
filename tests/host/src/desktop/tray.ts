/** `Tray`, never drawn: what the app set is there for tests as `__standin.trays`. */
import { EventEmitter } from 'node:events'
import { note } from '../journal.ts'
import { loud } from '../loud.ts'
import type { Menu } from './menu.ts'
import type { NativeImage } from './native-image.ts'

export const trays: Tray[] = []

/** Members that take our own menus and images cannot be held against Electron's types: only their names are. */
type Covered = Record<
  Extract<
    keyof Electron.Tray,
    | 'destroy'
    | 'getTitle'
    | 'isDestroyed'
    | 'popUpContextMenu'
    | 'setContextMenu'
    | 'setImage'
    | 'setTitle'
    | 'setToolTip'
  >,
  unknown
>

/** A test emits these in the person's place. */
interface TrayEvents {
  click: unknown[]
  'double-click': unknown[]
  'right-click': unknown[]
}

export class Tray extends EventEmitter<TrayEvents> implements Covered {
  /** What follows is the stand-in's own, for tests to read. */
  toolTip = ''
  title = ''
  menu: Menu | null = null
  image: NativeImage | string

  constructor(image: NativeImage | string, _guid?: string) {
    super()
    this.image = image
    const self = loud('Tray', this)
    trays.push(self)
    return self
  }

  setImage(image: NativeImage | string): void {
    this.image = image
  }

  /** Drawn by macOS; Linux ignores the event wiring. */
  setPressedImage(_image: NativeImage | string): void {}

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip
  }

  setTitle(title: string): void {
    this.title = title
  }

  getTitle(): string {
    return this.title
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu
  }

  setIgnoreDoubleClickEvents(_ignore: boolean): void {}

  popUpContextMenu(menu: Menu | null = this.menu): void {
    note('tray.popUpContextMenu')
    menu?.popup()
  }

  closeContextMenu(): void {
    this.menu?.closePopup()
  }

  destroy(): void {
    const at = trays.indexOf(this)
    if (at >= 0) trays.splice(at, 1)
  }

  isDestroyed(): boolean {
    return !trays.includes(this)
  }
}
