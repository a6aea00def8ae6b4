// Owns the same controls a test has in process, over HTTP, for a server in a child process: clock, faults, journal, users.
// Open only to who knows the token the server was started with.
import { timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import type { Admin } from './admin.ts'
import type { ServerClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import type { Reply } from './protocol.ts'
import type { SignedRequest } from './sigv4.ts'

export const CONTROL_PATH = '/__control'

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('delay'),
    milliseconds: z.number().nonnegative(),
    when: z.enum(['before', 'after']).optional(),
  }),
  z.strictObject({ kind: z.enum(['reset', 'throttle', 'html-500', 'truncated', 'answer-lost']) }),
  z.strictObject({
    kind: z.literal('exception'),
    type: z.string(),
    message: z.string(),
    status: z.int().min(400).max(599).optional(),
  }),
])

const faultRule = z.strictObject({
  match: z
    .strictObject({
      operation: z.string().optional(),
      user: z.string().optional(),
      clientId: z.string().optional(),
      nth: z.int().positive().optional(),
      times: z.union([z.int().positive(), z.literal('always')]).optional(),
    })
    .optional(),
  fault,
})

const who = { userPoolId: z.string(), username: z.string() }

const command = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('clock.now') }),
  z.strictObject({ command: z.literal('clock.advance'), milliseconds: z.number() }),
  z.strictObject({ command: z.literal('faults.add'), rule: faultRule }),
  z.strictObject({ command: z.literal('faults.clear') }),
  z.strictObject({ command: z.literal('requests') }),
  z.strictObject({ command: z.literal('requests.clear') }),
  z.strictObject({ command: z.literal('outbox') }),
  z.strictObject({ command: z.literal('users.forgetDevices'), ...who }),
  z.strictObject({ command: z.literal('keys.rotate'), userPoolId: z.string() }),
  z.strictObject({ command: z.literal('users.signOut'), ...who }),
  z.strictObject({ command: z.literal('users.delete'), ...who }),
  z.strictObject({
    command: z.literal('users.update'),
    ...who,
    change: z.strictObject({
      status: z.enum(['CONFIRMED', 'FORCE_CHANGE_PASSWORD', 'UNCONFIRMED', 'RESET_REQUIRED']).optional(),
      disabled: z.boolean().optional(),
      password: z.string().optional(),
      groups: z.array(z.string()).optional(),
    }),
  }),
])

/** What `POST /__control` takes. */
export type ControlCommand = z.infer<typeof command>

export interface ControlHost {
  readonly clock: ServerClock
  readonly faults: Faults
  readonly journal: Journal
  readonly admin: Admin
  readonly outbox: Outbox
}

/**
 * Answers a control request: 401 without the token, 400 for a command it does not know, else 200 and `{ result }`: the
 * journal for `requests`, the messages for `outbox`, the server's time for all others.
 */
export async function control(host: ControlHost, token: string, request: SignedRequest): Promise<Reply> {
  if (!isBearer(request.headers['authorization'], token)) return reply(401, { error: 'wrong control token' })
  const parsed = command.safeParse(parse(request.body))
  if (!parsed.success) return reply(400, { error: z.prettifyError(parsed.error) })
  try {
    return reply(200, { result: await obey(host, parsed.data) })
  } catch (error) {
    if (error instanceof RangeError) return reply(400, { error: error.message })
    throw error
  }
}

async function obey(
  { clock, faults, journal, admin, outbox }: ControlHost,
  order: ControlCommand,
): Promise<unknown> {
  switch (order.command) {
    case 'clock.advance':
      clock.advance(order.milliseconds)
      break
    case 'faults.add':
      faults.add(order.rule)
      break
    case 'faults.clear':
      faults.clear()
      break
    case 'requests':
      return journal.list()
    case 'requests.clear':
      journal.clear()
      break
    case 'outbox':
      return outbox.list()
    case 'users.forgetDevices':
      admin.forgetDevices(order.userPoolId, order.username)
      break
    case 'keys.rotate':
      await admin.rotateKeys(order.userPoolId)
      break
    case 'users.signOut':
      admin.signOutUser(order.userPoolId, order.username)
      break
    case 'users.delete':
      admin.deleteUser(order.userPoolId, order.username)
      break
    case 'users.update':
      admin.updateUser(order.userPoolId, order.username, order.change)
      break
    case 'clock.now':
      break
  }
  return clock.now()
}

function isBearer(header: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const reply = (status: number, body: object): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
