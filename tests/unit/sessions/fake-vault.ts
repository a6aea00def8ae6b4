// Owns a vault to look into, to lock and to hold up.
import type { SessionVault, UnavailableReason, VaultState, VaultWrite } from '../../../main/sessions/ports.ts'
import type { RememberedDevice, SessionRecord } from '../../../main/sessions/session.ts'
import { gate } from './gate.ts'

export interface FakeVault extends SessionVault {
  readonly records: Map<string, SessionRecord>
  readonly secrets: Map<string, string>
  readonly devices: Map<string, readonly RememberedDevice[]>
  /** What was asked of it, in order, e.g. `write 2`. */
  readonly calls: string[]
  readonly writes: { close: () => void; open: () => void }
  readonly reads: { close: () => void; open: () => void }
  /** From now on everything answers with this reason; undefined makes it work again and tells so. */
  fail(reason: UnavailableReason | undefined): void
}

export const fakeVault = (): FakeVault => {
  const records = new Map<string, SessionRecord>()
  const secrets = new Map<string, string>()
  const devices = new Map<string, readonly RememberedDevice[]>()
  const calls: string[] = []
  const listeners = new Set<(state: VaultState) => void>()
  const writes = gate()
  const reads = gate()
  let trouble: UnavailableReason | undefined
  const state = (): VaultState =>
    trouble === undefined ? { kind: 'unlocked', backend: 'fake' } : { kind: 'locked', backend: 'fake' }
  const write = async (call: string, work: () => void): Promise<VaultWrite> => {
    calls.push(call)
    await writes.pass()
    if (trouble !== undefined) return { kind: 'unsaved', reason: trouble }
    work()
    return { kind: 'saved' }
  }
  const read = async <T>(call: string, value: () => T | undefined) => {
    calls.push(call)
    await reads.pass()
    if (trouble !== undefined) return { kind: 'unavailable', reason: trouble } as const
    const found = value()
    return found === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'found', value: found } as const)
  }
  return {
    records,
    secrets,
    devices,
    calls,
    writes,
    reads,
    fail(reason) {
      trouble = reason
      for (const listener of listeners) listener(state())
    },
    get state() {
      return state()
    },
    probe: () => Promise.resolve(state()),
    onStateChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readSession: ({ id }) => read('read', () => records.get(id)),
    writeSession: ({ id }, record) =>
      write(`write ${record.generation}`, () => records.set(id, structuredClone(record))),
    mayHoldSession: async (id) => records.has(id),
    unsavedSession: () => false,
    removeSession: (id) => write('remove', () => records.delete(id)),
    readClientSecret: ({ id }) => read('read secret', () => secrets.get(id)),
    writeClientSecret: ({ id }, secret) => write('write secret', () => secrets.set(id, secret)),
    removeClientSecret: (id) => write('remove secret', () => secrets.delete(id)),
    readDevices: ({ id }) => read('read devices', () => devices.get(id)),
    writeDevices: ({ id }, kept) => write('write devices', () => devices.set(id, structuredClone(kept))),
    removeDevices: (id) => write('remove devices', () => devices.delete(id)),
  }
}
