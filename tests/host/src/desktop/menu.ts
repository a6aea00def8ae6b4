/**
 * `Menu` and `MenuItem`, never drawn: a test finds an item and clicks it. Accelerators are kept and not listened to;
 * of the roles those that the app's life hangs on do something, the others are written down.
 */
import { EventEmitter } from 'node:events'
import { quit } from '../app/lifecycle.ts'
import { note } from '../journal.ts'
import { loud, NotCovered } from '../loud.ts'
import { focusedWindow } from '../window/registry.ts'

type Options = Electron.MenuItemConstructorOptions
type Role = NonNullable<Options['role']>

/** Members that hold our own menus cannot be held against Electron's types: only their names are. */
type CoveredItem = Record<
  Extract<
    keyof Electron.MenuItem,
    | 'accelerator'
    | 'checked'
    | 'click'
    | 'commandId'
    | 'enabled'
    | 'id'
    | 'label'
    | 'menu'
    | 'role'
    | 'sublabel'
    | 'submenu'
    | 'toolTip'
    | 'type'
    | 'visible'
  >,
  unknown
>
type CoveredMenu = Record<
  Extract<keyof Electron.Menu, 'append' | 'closePopup' | 'getMenuItemById' | 'insert' | 'items' | 'popup'>,
  unknown
>

let lastCommandId = 0

export class MenuItem implements CoveredItem {
  readonly commandId = ++lastCommandId
  readonly id: string
  readonly role: Role | undefined
  readonly type: NonNullable<Options['type']>
  readonly accelerator: string | null
  readonly submenu: Menu | undefined
  label: string
  sublabel: string
  toolTip: string
  enabled: boolean
  visible: boolean
  checked: boolean
  menu: Menu | undefined
  private readonly onClick: (item: MenuItem, window: unknown, event: object) => void

  constructor(options: Options) {
    const { role, submenu } = options
    this.submenu = submenu === undefined ? undefined : toMenu(submenu)
    this.id = options.id ?? ''
    this.role = role
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal')
    this.label = options.label ?? (role === undefined ? '' : role.charAt(0).toUpperCase() + role.slice(1))
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.accelerator = options.accelerator ?? null
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.onClick = readClick(options)
  }

  /** As if a person chose the item. A property: Electron's can be passed around unbound. */
  readonly click = (): void => {
    if (!this.enabled) return
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.type === 'radio') this.menu?.hostCheck(this)
    this.onClick(this, focusedWindow(), {})
    if (this.role !== undefined) runRole(this.role)
  }
}

/** A template's `click` is typed with Electron's own windows; read untyped, it can be called with ours. */
function readClick(options: object): MenuItem['onClick'] {
  const click: unknown = Reflect.get(options, 'click')
  return (...args) => {
    if (typeof click === 'function') Reflect.apply(click, undefined, args)
  }
}

function runRole(role: Role): void {
  note('menu.role', role)
  const window = focusedWindow()
  if (role === 'quit') quit()
  else if (role === 'close') window?.close()
  else if (role === 'minimize') window?.minimize()
}

export class Menu extends EventEmitter implements CoveredMenu {
  readonly items: MenuItem[] = []

  constructor() {
    super()
    return loud('Menu', this)
  }

  static buildFromTemplate(template: readonly (Options | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item)
  }

  insert(position: number, item: MenuItem): void {
    item.menu = this
    this.items.splice(position, 0, item)
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  popup(_options?: object): void {
    note(
      'menu.popup',
      this.items.map((item) => item.label),
    )
    this.emit('menu-will-show')
  }

  closePopup(): void {
    this.emit('menu-will-close')
  }

  /** For the stand-in: of neighbouring radio items one is checked. */
  hostCheck(chosen: MenuItem): void {
    let group: MenuItem[] = []
    for (const item of this.items) {
      if (item.type === 'radio') group.push(item)
      else if (group.includes(chosen)) break
      else group = []
    }
    for (const item of group) item.checked = item === chosen
  }
}

let applicationMenu: Menu | null = null

function toMenu(submenu: NonNullable<Options['submenu']>): Menu {
  if (submenu instanceof Menu) return submenu
  if (Array.isArray(submenu)) return Menu.buildFromTemplate(submenu)
  throw new NotCovered('a submenu that is neither a Menu nor a template')
}
