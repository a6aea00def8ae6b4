// A Cognito of our own in a process of its own, so that its work is not counted as anybody's. The first refresh is a real one; every
// later one gets the same bytes, whoever asks: signing tokens would take longer than all that the clients do.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { startCognitoServer } from '../cognito-server/index.ts'

export const benchPool = {
  id: 'eu-central-1_SesameBench',
  clientId: 'bench0client0000000000000',
  username: 'ada',
  password: 'Analytical-1842',
} as const

const refreshTarget = 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken'

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => Buffer.concat(await message.toArray())

const forward = async (url: string, question: IncomingMessage, body: Buffer): Promise<Answer> => {
  const answer = await new Promise<IncomingMessage>((answered, failed) => {
    const options = {
      method: question.method,
      headers: { ...question.headers, host: new URL(url).host },
    }
    request(new URL(question.url ?? '/', url), options, answered)
      .once('error', failed)
      .end(body)
  })
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await bodyOf(answer) }
}

const say = (response: ServerResponse, { status, headers, body }: Answer): void => {
  const { date: _past, 'transfer-encoding': _chunked, connection: _theirs, ...kept } = headers
  response.writeHead(status, { ...kept, 'content-length': body.length })
  response.end(body)
}

/** Answers as the server at `url` does, refreshes after the first from memory. */
const startFront = async (url: string): Promise<string> => {
  let refreshed: Answer | undefined
  const respond = async (question: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(question)
    const isRefresh = question.headers['x-amz-target'] === refreshTarget
    const answer = isRefresh && refreshed !== undefined ? refreshed : await forward(url, question, body)
    if (isRefresh && answer.status === 200) refreshed = answer
    say(response, answer)
  }
  const front = createServer((question, response) => void respond(question, response))
  // No connection is closed while another peer has its turn.
  front.keepAliveTimeout = 0
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  const address = front.address()
  if (typeof address !== 'object' || address === null) throw new TypeError('no TCP address')
  return `http://127.0.0.1:${address.port}`
}

if (process.send !== undefined) {
  const server = await startCognitoServer({
    pools: [
      {
        id: benchPool.id,
        clients: [
          {
            id: benchPool.clientId,
            explicitAuthFlows: [
              'ALLOW_USER_SRP_AUTH',
              'ALLOW_USER_PASSWORD_AUTH',
              'ALLOW_REFRESH_TOKEN_AUTH',
            ],
          },
        ],
        users: [
          {
            username: benchPool.username,
            password: benchPool.password,
            attributes: { email: 'ada@example.com', email_verified: 'true' },
            groups: [],
          },
        ],
      },
    ],
  })
  process.once('disconnect', () => process.exit())
  process.send(await startFront(server.url))
}
