// Owns sessions against a pool with every flow, and somebody at a browser who fills in its login page.
import type { Profile } from '../../../main/profiles/profile.ts'
import { openMemoryVault } from '../../../main/vault/open-vault.ts'
import type { SignInStep } from '../../../preload/views.ts'
import { createServerClock } from '../../cognito-server/clock.ts'
import type { PoolConfig } from '../../cognito-server/config.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { fakeClock, fakeProfile } from '../../unit/sessions/fakes.ts'
import { clientSecret, clients, flowsPool, flowsPoolId } from '../cognito/flows-pool.ts'
import { type Machine, startMachine } from './support.ts'

/** A machine with one profile of the pool, and a way to restart it with what it had stored. */
export const everyFlowStage = async (
  pool: Partial<PoolConfig> = {},
  settings: Partial<Profile> = {},
  openUrl?: (url: string) => Promise<boolean>,
) => {
  const clock = fakeClock()
  const server = await startCognitoServer({
    pools: [flowsPool(pool)],
    clock: createServerClock(() => clock.now()),
  })
  const profile = fakeProfile({
    userPoolId: flowsPoolId,
    clientId: clients.plain,
    hasClientSecret: settings.clientId === clients.secretive,
    endpoints: { userPool: server.url },
    domain: server.url,
    ...settings,
  })
  const vault = openMemoryVault(clock).sessions
  const machines: Machine[] = []
  const boot = async (all: readonly Profile[] = [profile]): Promise<Machine> => {
    const machine = await startMachine(clock, all, vault, openUrl)
    machines.push(machine)
    return machine
  }
  const first = await boot()
  for (const one of [profile]) {
    if (one.hasClientSecret) await vault.writeClientSecret(one, clientSecret)
  }
  return {
    ...first,
    clock,
    server,
    vault,
    profile,
    boot,
    async [Symbol.asyncDispose]() {
      for (const machine of machines) await machine.sessions.stop()
      await server.close()
    },
  }
}

/** The step of this kind that has to be next. */
export const stepOf = <K extends SignInStep['kind']>(
  step: SignInStep,
  kind: K,
): Extract<SignInStep, { kind: K }> => {
  const isIt = (candidate: SignInStep): candidate is Extract<SignInStep, { kind: K }> =>
    candidate.kind === kind
  if (!isIt(step)) throw new Error(`expected ${kind}, got ${JSON.stringify(step)}`)
  return step
}

/** A browser without a window: it keeps cookies, and goes where it is led until it has a page to show. */
export const createBrowser = () => {
  const cookies = new Map<string, string>()

  const load = async (url: string, init: RequestInit = {}): Promise<{ url: URL; response: Response }> => {
    let at = new URL(url)
    let asked = init
    for (let hops = 0; hops < 10; hops += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(at, {
        ...asked,
        redirect: 'manual',
        headers: cookie === '' ? {} : { cookie },
      })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        cookies.set(name, value)
      }
      const next = response.headers.get('location')
      if (next === null) return { url: at, response }
      at = new URL(next, at)
      asked = {}
      if (at.protocol !== 'http:') return { url: at, response }
    }
    throw new Error('too many redirects')
  }

  return {
    load,
    cookies,
    /** Fills in the form of a page it was led to. */
    async submit(page: URL, form: Record<string, string>) {
      return load(page.href, { method: 'POST', body: new URLSearchParams(form) })
    },
  }
}

export type Browser = ReturnType<typeof createBrowser>
export type { CognitoServer }
