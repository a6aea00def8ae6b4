// A Cognito of our own in a thread of its own, with as many sessions of an hour ago as it is told: its work is not our loop's.
import { parentPort, workerData } from 'node:worker_threads'
import { startCognitoServer } from '../../cognito-server/index.ts'

export const stormPool = { id: 'eu-west-1_Storm1', clientId: 'storm', operation: 'GetTokensFromRefreshToken' }

if (parentPort !== null) {
  const port = parentPort
  const server = await startCognitoServer({
    pools: [
      {
        id: stormPool.id,
        clients: [{ id: stormPool.clientId, rotation: { graceSeconds: 0 } }],
        users: [{ username: 'ana', password: 'Correct-Horse-9' }],
      },
    ],
  })
  server.clock.advance(-3_600_000)
  const tokens = []
  for (let index = 0; index < Number(workerData); index += 1) {
    tokens.push(await server.admin.grantTokens(stormPool.clientId, 'ana'))
  }
  server.clock.advance(3_600_000)
  port.postMessage({ url: server.url, tokens })
  port.on('message', () => {
    const { operation } = stormPool
    port.postMessage({
      requests: server.requests.count({ operation }),
      good: server.requests.count({ operation, outcome: 'ok' }),
    })
  })
}
