// A long-running program on the AWS SDK for JavaScript: makes one call for each line of JSON it is given, with one client per
// `client` for good.
import { createInterface } from 'node:readline'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromContainerMetadata, fromHttp, fromIni, fromProcess } from '@aws-sdk/credential-providers'
import * as z from 'zod'

const orderSchema = z.object({
  client: z.string(),
  provider: z.enum(['fromIni', 'fromProcess', 'fromHttp', 'fromContainerMetadata']),
  profile: z.string().optional(),
  sts: z.string(),
  env: z.record(z.string(), z.string()),
})
type Order = z.infer<typeof orderSchema>

const timeout = 10_000

const providers = {
  fromIni: ({ profile }: Order) => fromIni({ ...(profile !== undefined && { profile }) }),
  fromProcess: ({ profile }: Order) => fromProcess({ ...(profile !== undefined && { profile }) }),
  // A second, which they give a local endpoint unless told otherwise, is not much on a machine that runs all these at once.
  fromHttp: () => fromHttp({ timeout, maxRetries: 0 }),
  fromContainerMetadata: () => fromContainerMetadata({ timeout }),
}

const clients = new Map<string, STSClient>()
const clientFor = (order: Order): STSClient => {
  const known = clients.get(order.client)
  if (known !== undefined) return known
  const credentials = providers[order.provider](order)
  const made = new STSClient({ region: 'eu-west-1', endpoint: order.sts, maxAttempts: 1, credentials })
  clients.set(order.client, made)
  return made
}

/** What a program would print of an error that it does not expect. */
const textOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const message: unknown = Reflect.get(error, 'Message')
  return typeof message === 'string' ? `${error.message} ${message}` : error.message
}

for await (const line of createInterface(process.stdin)) {
  const order = orderSchema.parse(JSON.parse(line))
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_CONTAINER')) delete process.env[name]
  Object.assign(process.env, order.env)
  let answer: { ok: boolean; text: string }
  try {
    const { Arn = '' } = await clientFor(order).send(new GetCallerIdentityCommand({}))
    answer = { ok: true, text: Arn }
  } catch (error) {
    answer = { ok: false, text: textOf(error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
