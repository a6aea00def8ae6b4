// Owns the situations in which both clients are put, each told once for both, and what is seen of them as a sentence.

import type { Fault } from '../../cognito-server/faults.ts'
import { fakeRecord, fakeTokens, minutes, settle } from '../../unit/sessions/fakes.ts'
import { type ClientId, poolId, profileOf, type Stage } from '../sessions/support.ts'
import type { Subject } from './subjects.ts'

export interface Situation {
  readonly client?: ClientId
  run(s: Stage, subject: Subject): Promise<string>
}

const operation = 'GetTokensFromRefreshToken'

const requests = (count: number): string => `${count} request${count === 1 ? '' : 's'}`

/** A refresh goes wrong for a while, then the reason is gone. */
const passing =
  (fault: Fault): Situation['run'] =>
  async ({ server }, subject) => {
    const account = await subject.signIn('ana')
    server.faults.add({ match: { operation, times: 'always' }, fault })
    const refresh = await account.refresh()
    const asked = requests(server.requests.count({ operation }))
    const meanwhile = await account.standing()
    server.faults.clear()
    const itself = await account.byItself()
    const then = itself === undefined ? '' : `then ${itself}; `
    return `${refresh} after ${asked}; meanwhile ${meanwhile}; ${then}afterwards ${await account.standing()}`
  }

/** Whether Cognito still takes a refresh token. */
const isTaken = async (s: Stage, refreshToken: string): Promise<boolean> => {
  const profile = profileOf(s.server, 'plain')
  const tokens = fakeTokens({ issuedAt: s.clock.now(), refreshToken })
  const answer = await s.issuer.refresh({ profile, clientSecret: undefined }, fakeRecord(profile, tokens))
  return answer.ok
}

export const situations = {
  'Cognito refuses a refresh because the user is disabled, and enables the user again': {
    async run({ server }, subject) {
      const account = await subject.signIn('ana')
      server.admin.updateUser(poolId, 'ana', { disabled: true })
      const refresh = await account.refresh()
      server.admin.updateUser(poolId, 'ana', { disabled: false })
      return `${refresh}; afterwards ${await account.standing()}`
    },
  },
  'Cognito refuses a refresh because of the client secret, which somebody corrects': {
    run: passing({
      kind: 'exception',
      type: 'NotAuthorizedException',
      message: 'Unable to verify secret hash for client app',
    }),
  },
  'the network is gone during a refresh': { run: passing({ kind: 'reset' }) },
  'Cognito throttles a refresh': { run: passing({ kind: 'throttle' }) },
  'a load balancer answers a refresh': { run: passing({ kind: 'html-500' }) },
  'the session was revoked': {
    run: passing({
      kind: 'exception',
      type: 'NotAuthorizedException',
      message: 'Refresh Token has been revoked',
    }),
  },
  'the answer to a rotation is lost, and asked for again within the grace period': {
    client: 'rotating',
    async run({ server }, subject) {
      const account = await subject.signIn('ana')
      const fault = server.faults.add({
        match: { operation, times: 'always' },
        fault: { kind: 'answer-lost' },
      })
      const refresh = await account.refresh()
      const asked = requests(server.requests.count({ operation }))
      fault.remove()
      const then = (await account.byItself()) ?? `${await account.refresh()} when somebody asks again`
      return `${refresh} after ${asked}; then ${then}`
    },
  },
  'fifty ask for a refresh at once': {
    async run({ server }, subject) {
      const account = await subject.signIn('ana')
      const answers = await Promise.all(Array.from({ length: 50 }, () => account.refresh()))
      return `${[...new Set(answers)].join(', ')} by ${requests(server.requests.count({ operation }))}`
    },
  },
  'somebody signs out while a refresh is under way': {
    async run({ server }, subject) {
      const account = await subject.signIn('ana')
      const held = server.faults.hold({ operation }, 'after')
      const refresh = account.refresh()
      await held.arrived
      const { begun, said } = account.signOut()
      await begun
      held.release()
      await Promise.all([refresh, said])
      return `afterwards ${await account.standing()}`
    },
  },
  'Cognito is down during a sign-out': {
    async run(s, subject) {
      const account = await subject.signIn('ana')
      const token = await account.storedRefreshToken()
      s.server.faults.add({
        match: { operation: 'RevokeToken', times: 'always' },
        fault: { kind: 'html-500' },
      })
      const said = await account.signOut().said
      s.server.faults.clear()
      const before = s.server.requests.count({ operation: 'RevokeToken', outcome: 'ok' })
      await s.clock.advance(minutes)
      const isRetried = said === 'pending'
      if (isRetried) await s.server.requests.waitFor({ operation: 'RevokeToken', outcome: 'ok' }, before + 1)
      return `says ${said}; the token ${(await isTaken(s, token)) ? 'works on' : 'is revoked a little later'}`
    },
  },
  'two accounts refresh at the same time': {
    async run({ server }, subject) {
      const ana = await subject.signIn('ana')
      const dora = await subject.signIn('dora')
      const held = server.faults.hold({ operation, user: 'ana' })
      const first = ana.user()
      await held.arrived
      const second = dora.user()
      // Whoever joins the refresh under way has done so by then: its storage is in memory.
      await settle()
      held.release()
      return `the first gets the tokens of ${await first}, the second those of ${await second}`
    },
  },
} as const satisfies Record<string, Situation>

export type SituationName = keyof typeof situations
