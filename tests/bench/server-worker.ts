// A Cognito of our own in a thread of its own, so that its work is not counted as anybody's.
import { parentPort } from 'node:worker_threads'
import { startCognitoServer } from '../cognito-server/index.ts'

export const benchPool = {
  id: 'eu-central-1_SesameBench',
  clientId: 'bench0client0000000000000',
  username: 'ada',
  password: 'Analytical-1842',
} as const

if (parentPort !== null) {
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
  parentPort.postMessage(server.url)
}
