// Behind an organisation's proxy, and with its own certificates: a real CONNECT proxy, a private authority made by OpenSSL, TLS in
// front of the local Cognito, and a process of its own for each question, since trust and proxies are the process's.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'

const run = promisify(execFile)
const publicName = 'cognito.test'

let folder: string
let cognito: CognitoServer
let front: Server
let proxy: HttpServer
/** Where the proxy was asked to connect to. */
let connected: string[] = []
/** What the proxy answers instead of connecting. */
let refusal: string | undefined

const portOf = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it does not listen')
  return address.port
}

const listen = async <S extends Server>(server: S): Promise<S> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** Both ends forget each other when either goes. */
const couple = (one: Duplex, other: Duplex): void => {
  one.on('error', () => other.destroy())
  other.on('error', () => one.destroy())
  one.pipe(other).pipe(one)
}

const makeCertificates = async (): Promise<void> => {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Acme',
  )
  await openssl('req', ...key, '-keyout', 'own.key', '-out', 'own.csr', '-subj', `/CN=${publicName}`)
  const names = `subjectAltName=DNS:${publicName},DNS:localhost`
  await writeFile(join(folder, 'names.txt'), names)
  const signed = [
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-extfile',
    'names.txt',
    '-days',
    '2',
  ]
  await openssl('x509', '-req', '-in', 'own.csr', ...signed, '-out', 'own.pem')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-network-'))
  await makeCertificates()
  cognito = await startCognitoServer({
    pools: [
      {
        id: 'eu-west-1_Network1',
        clients: [{ id: 'networkclient' }],
        users: [{ username: 'ana', password: 'Correct-Horse-9' }],
      },
    ],
  })
  const cognitoPort = Number(new URL(cognito.url).port)
  const [key, cert] = await Promise.all(['own.key', 'own.pem'].map((name) => readFile(join(folder, name))))
  front = await listen(
    createTlsServer({ key, cert }, (socket) => couple(socket, connect(cognitoPort, '127.0.0.1'))),
  )
  proxy = createHttpServer((_request, response) => response.writeHead(405).end())
  proxy.on('connect', (request: { url?: string }, socket: Duplex) => {
    connected.push(request.url ?? '')
    if (refusal !== undefined) {
      socket.end(refusal)
      return
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    couple(socket, connect(portOf(front), '127.0.0.1'))
  })
  await listen(proxy)
})
beforeEach(() => {
  connected = []
  refusal = undefined
})
afterAll(async () => {
  front.close()
  proxy.closeAllConnections()
  proxy.close()
  await cognito.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = async (url: string, env: Record<string, string> = {}): Promise<unknown> => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'ask.ts'), url], {
    env: { PATH: process.env['PATH'], ...env },
  })
  return JSON.parse(stdout)
}
const trusted = () => ({ SSL_CERT_FILE: join(folder, 'ca.pem') })
const byProxy = () => ({ HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}` })
const direct = (): string => `https://localhost:${portOf(front)}`
const answered = ['answered', 'answered']

test('a certificate that the system trusts is trusted', async () => {
  expect(await ask(direct(), trusted())).toEqual(answered)
})

test('a certificate that nobody vouches for is refused, and that is what is said', async () => {
  const said = expect.stringMatching(/^network\.certificate: /)
  expect(await ask(direct())).toEqual([said, said])
})

test('requests leave by the proxy that the environment names', async () => {
  expect(await ask(`https://${publicName}`, { ...trusted(), ...byProxy() })).toEqual(answered)
  expect(new Set(connected)).toEqual(new Set([`${publicName}:443`]))
})

test('what is on this machine is not asked for by the proxy', async () => {
  expect(await ask(direct(), { ...trusted(), ...byProxy() })).toEqual(answered)
  expect(connected).toEqual([])
})

test('nor is what the environment exempts', async () => {
  const said = expect.stringMatching(/^network\.offline: /)
  const env = { ...trusted(), ...byProxy(), NO_PROXY: publicName }
  expect(await ask(`https://${publicName}`, env)).toEqual([said, said])
  expect(connected).toEqual([])
})

test('a proxy that wants a password is told from a pool that does not answer', async () => {
  refusal = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'
  const said = expect.stringMatching(/^network\.proxy: /)
  expect(await ask(`https://${publicName}`, { ...trusted(), ...byProxy() })).toEqual([said, said])
})
