// Owns the figures of the terminal: an answer of the running agent to curl, and `sesame credential-process` beside bare Node.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { cli, startWorld, type TestWorld } from '../integration/agent/support.ts'
import { type Figure, figure, median } from './measure.ts'

/** Milliseconds from start to end of a process, whose output nobody reads. */
const timeOf = async (command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const started = performance.now()
  const child = spawn(command, args, { env, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}`)
  return performance.now() - started
}

/** In turns, so that whatever else the machine does hits both alike. */
const inTurns = async (
  rounds: number,
  ours: () => Promise<number>,
  peers: () => Promise<number>,
): Promise<readonly [ours: number, peers: number]> => {
  const samples: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    samples[0].push(await ours())
    samples[1].push(await peers())
  }
  return [median(samples[0]), median(samples[1])]
}

/**
 * curl's own clock from the connection being made to the last byte: starting curl takes longer than the answer and is the same for
 * both. Many requests by one curl, since its times are rounded to whole microseconds and the first is slower. Milliseconds, median.
 */
const curlTimes = async (socket: string, path: string, requests: number): Promise<number[]> => {
  // Everything again in each: `next` forgets all options.
  const request = [
    `url = "http://localhost${path}"`,
    `unix-socket = "${socket}"`,
    'header = "Connection: close"',
    'silent',
    'output = "/dev/null"',
    'write-out = "%{http_code} %{time_total}\\n"',
  ].join('\n')
  const config = Array.from({ length: requests }, () => request).join('\nnext\n')
  const child = spawn('curl', ['-K', '-'])
  child.stdin.end(config)
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  await once(child, 'close')
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [status, seconds] = line.split(' ')
      if (status !== '200') throw new Error(`curl got ${status} from ${socket}`)
      return Number(seconds) * 1_000
    })
}

/** Answers as many bytes as the agent does, and does nothing for it. */
const trivialServer = async (path: string, answer: string) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(answer),
    })
    response.end(answer)
  })
  server.listen(path)
  await once(server, 'listening')
  return server
}

const benchAgent = async (world: TestWorld, path: string): Promise<Figure> => {
  const answer = (await world.curl(path)).stdout
  const floor = join(world.directory, 'floor.sock')
  const server = await trivialServer(floor, answer)
  const one = (socket: string) => async (): Promise<number> => median(await curlTimes(socket, path, 50))
  const [ours, peers] = await inTurns(11, one(world.agent.path), one(floor))
  server.close()
  return figure('agent.answer', ours, 'ms', 'curl to a trivial server', peers)
}

const benchCommand = async (world: TestWorld, name: string): Promise<Figure> => {
  const args = [cli, '--config-dir', world.configDir, 'credential-process', name]
  const [ours, peers] = await inTurns(
    41,
    () => timeOf(process.execPath, args, world.env),
    () => timeOf(process.execPath, ['-e', '0'], world.env),
  )
  return figure('cli.credential-process', ours, 'ms', 'node -e 0', peers)
}

/** `agent.answer` and `cli.credential-process`, both from the memory of a running agent. */
export const benchTerminal = async (): Promise<Figure[]> => {
  await using world = await startWorld()
  const profile = await world.add()
  await world.signIn(profile)
  const path = `/v1/profiles/${profile.id}/credentials`
  return [await benchAgent(world, path), await benchCommand(world, profile.id)]
}
