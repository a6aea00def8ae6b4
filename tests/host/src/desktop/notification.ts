/** `Notification`, never shown: those the app showed are there for tests as `__standin.notifications`. */
import { EventEmitter } from 'node:events'
import { HostEvent } from '../host-event.ts'
import { note } from '../journal.ts'
import { loud } from '../loud.ts'
import { tellPerson } from '../visible.ts'

export const notifications: Notification[] = []

type Options = Electron.NotificationConstructorOptions

/** All but `show` are the person's doing: a test emits them. */
interface NotificationEvents {
  show: [event: HostEvent]
  close: unknown[]
  click: unknown[]
  reply: unknown[]
  action: unknown[]
  failed: unknown[]
}

export class Notification
  extends EventEmitter<NotificationEvents>
  implements
    Pick<
      Electron.Notification,
      | 'actions'
      | 'body'
      | 'close'
      | 'id'
      | 'show'
      | 'silent'
      | 'subtitle'
      | 'timeoutType'
      | 'title'
      | 'urgency'
    >
{
  readonly id: string
  title: string
  subtitle: string
  body: string
  silent: boolean
  urgency: NonNullable<Options['urgency']>
  timeoutType: NonNullable<Options['timeoutType']>
  actions: Electron.NotificationAction[]

  constructor(options: Options = {}) {
    super()
    this.id = options.id ?? ''
    this.title = options.title ?? ''
    this.subtitle = options.subtitle ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    this.urgency = options.urgency ?? 'normal'
    this.timeoutType = options.timeoutType ?? 'default'
    this.actions = options.actions ?? []
    return loud('Notification', this)
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    notifications.push(this)
    note('notification.show', this.title, this.body)
    tellPerson(`notification: ${this.title} — ${this.body}`)
    queueMicrotask(() => this.emit('show', new HostEvent()))
  }

  close(): void {
    this.emit('close', new HostEvent())
  }
}
