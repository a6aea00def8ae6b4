// Amplify itself, with its own key names, on our vault in a real keyring: each step in a process of its own.
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serviceNameFor } from '../../../main/vault/accounts.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { type Bundles, bundle } from '../bundle.ts'
import { type Keyring, keyringAvailable, withKeyring } from '../keyring.ts'

const pool = 'eu-west-1_Amplify01'
const client = 'rotating'
const user = { username: 'ana', password: 'Correct-Horse-9' }

let programs: Bundles<'amplify'>
beforeAll(async () => {
  programs = await bundle({ amplify: join(import.meta.dirname, 'amplify-process.ts') })
})
afterAll(() => programs.remove())

const world = (keyring: Keyring, server: CognitoServer) => {
  const directory = join(keyring.directory, 'config', 'sesame')
  const amplify = (what: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const args = [
        programs.scripts.amplify,
        what,
        directory,
        server.url,
        pool,
        client,
        user.username,
        user.password,
      ]
      execFile(process.execPath, args, { env: keyring.env }, (_, stdout, stderr) => {
        if (stdout === '') reject(new Error(stderr))
        else resolve(JSON.parse(stdout))
      })
    })
  return { directory, amplify }
}

describe.skipIf(!keyringAvailable())('Amplify on our vault', () => {
  test('signs in, is still signed in after a crash, refreshes with rotation, and leaves nothing when it signs out', async () => {
    await using server = await startCognitoServer({
      pools: [{ id: pool, clients: [{ id: client, rotation: { graceSeconds: 0 } }], users: [user] }],
    })
    await withKeyring(async (keyring) => {
      const { directory, amplify } = world(keyring, server)
      await mkdir(directory, { recursive: true })
      const start = server.clock.nowSeconds()
      expect(await amplify('sign-in')).toMatchObject({ isSignedIn: true, user: 'ana' })

      const prefix = `CognitoIdentityServiceProvider.${client}`
      const keys = await amplify('keys')
      expect(keys).toEqual(
        expect.arrayContaining([
          `${prefix}.LastAuthUser`,
          ...['idToken', 'accessToken', 'refreshToken', 'clockDrift'].map((key) => `${prefix}.ana.${key}`),
        ]),
      )
      const service = serviceNameFor(directory, '')
      const stored = await keyring.lookup(service, `kv/amplify/${prefix}.LastAuthUser`)
      expect(JSON.parse(stored ?? '')).toMatchObject({ body: 'ana' })

      expect(await amplify('resume')).toMatchObject({ user: 'ana' })
      for (let refresh = 1; refresh <= 2; refresh += 1) {
        server.clock.advance(600_000)
        expect(await amplify('refresh')).toEqual({ user: 'ana', issuedAt: expect.any(Number) })
      }
      expect(await amplify('resume')).toMatchObject({ user: 'ana' })
      expect(server.requests.count({ operation: 'GetTokensFromRefreshToken', outcome: 'ok' })).toBe(2)
      expect(server.clock.nowSeconds()).toBeGreaterThanOrEqual(start + 1_200)

      expect(await amplify('sign-out')).toEqual({ user: 'UserUnAuthenticatedException' })
      expect(await amplify('keys')).toEqual([])
      expect(await keyring.lookup(service, `kv/amplify/${prefix}.LastAuthUser`)).toBeUndefined()
    })
  })

  test('takes a locked keyring for what it is, not for signed out, and a cleared storage for signed out', async () => {
    await using server = await startCognitoServer({
      pools: [{ id: pool, clients: [{ id: client }], users: [user] }],
    })
    await withKeyring(async (keyring) => {
      const { directory, amplify } = world(keyring, server)
      await mkdir(directory, { recursive: true })
      await amplify('sign-in')
      await keyring.lock()
      expect(await amplify('resume')).toEqual({ user: 'VaultUnavailableError' })
      await keyring.unlock()
      expect(await amplify('resume')).toMatchObject({ user: 'ana' })
      expect(await amplify('clear')).toEqual({ user: 'UserUnAuthenticatedException' })
      expect(await amplify('keys')).toEqual([])
    })
  })
})
