// Starts cognito-local, a server nobody here wrote, in a folder of its own, with one pool, app client and user.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { freePort } from '../free-port.ts'

/** The code it sends for everything. */
export const sentCode = '135790'
export const callbackUrl = 'sesame://callback'

const program = createRequire(import.meta.url).resolve('cognito-local/lib/bin/start.js')

/** Settles once the server says that it runs; undefined where somebody else took the port. */
const launch = async (folder: string): Promise<{ child: ChildProcess; url: string } | undefined> => {
  // Its issuer names its port, so it cannot be left to choose one.
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = {
    TokenConfig: { IssuerDomain: url },
    ServerConfig: { hostname: '127.0.0.1', port },
    UserPoolDefaults: { UsernameAttributes: [] },
  }
  await mkdir(join(folder, '.cognito'), { recursive: true })
  await writeFile(join(folder, '.cognito', 'config.json'), JSON.stringify(config))
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { ...process.env, CODE: sentCode },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const started = Promise.withResolvers<boolean>()
  child.stdout.on('data', (text: Buffer) => {
    if (text.toString().includes('running on')) started.resolve(true)
  })
  child.once('exit', () => started.resolve(false))
  return (await started.promise) ? { child, url } : undefined
}

export const startCognitoLocal = async (user: { username: string; password: string }) => {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-cognito-local-'))
  const running = (await launch(folder)) ?? (await launch(folder)) ?? (await launch(folder))
  if (running === undefined) throw new Error('cognito-local does not start')
  const { child, url } = running
  const stop = async () => {
    const gone = once(child, 'exit')
    child.kill()
    await gone
    await rm(folder, { recursive: true })
  }
  try {
    return { url, ...(await populate(url, user)), [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const populate = async (url: string, user: { username: string; password: string }) => {
  const admin = new CognitoIdentityProviderClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({ PoolName: 'test', MfaConfiguration: 'OPTIONAL' }),
  )
  const UserPoolId = UserPool?.Id ?? ''
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'test', CallbackURLs: [callbackUrl] }),
  )
  const addUser = async (Username: string, Password: string, Permanent: boolean) => {
    const MessageAction = 'SUPPRESS'
    await admin.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        TemporaryPassword: Password,
        MessageAction,
        UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      }),
    )
    if (Permanent)
      await admin.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent }))
  }
  await addUser(user.username, user.password, true)
  return { admin, userPoolId: UserPoolId, clientId: UserPoolClient?.ClientId ?? '', addUser }
}
