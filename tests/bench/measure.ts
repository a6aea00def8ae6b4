// Owns how a figure is taken: ours and a peer in turns in one process, the median of many short rounds, a ratio.

/** One row of `npm run bench -- --json FILE`. */
export interface Figure {
  readonly name: string
  /** Ours, in `unit`. */
  readonly value: number
  readonly unit: string
  /** What it is measured against, in the same run. */
  readonly peer: string
  /** Ours over the peer's, in the same unit. */
  readonly ratio: number
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) throw new Error('the median of nothing')
  const lower = sorted[middle - 1]
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2
}

/** The value that a quarter is below: of what a busy machine can only slow down, nearer to the truth than the median. */
export const quartile = (values: readonly number[]): number => {
  const value = values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)]
  if (value === undefined) throw new Error('the quartile of nothing')
  return value
}

export type Task = () => unknown

/** Milliseconds that `calls` calls take, one after the other. */
const timeOf = async (task: Task, calls: number): Promise<number> => {
  const started = performance.now()
  for (let call = 0; call < calls; call += 1) await task()
  return performance.now() - started
}

/** How many calls fill about `roundMs`; also warms the task up. */
const callsPerRound = async (task: Task, roundMs: number): Promise<number> => {
  for (let calls = 1; ; calls *= 2) {
    const took = await timeOf(task, calls)
    if (took > roundMs / 4 || calls > 4_000_000)
      return Math.max(1, Math.round((calls * roundMs) / Math.max(took, 0.01)))
  }
}

export interface Times<N extends string> {
  /** The median milliseconds of one call. */
  readonly of: (name: N) => number
  /** The median of the rounds' ratios: what slows the machine down for a while slows both sides of a round down. */
  readonly ratio: (name: N, peer: N) => number
}

/** Measures tasks in turns, so that whatever else the machine does hits all of them alike. */
export const timeInTurns = async <N extends string>(
  tasks: readonly (readonly [name: N, task: Task])[],
  { rounds = 15, roundMs = 100 } = {},
): Promise<Times<N>> => {
  const samples = new Map<N, number[]>()
  const calls = new Map<N, number>()
  for (const [name, task] of tasks) {
    samples.set(name, [])
    calls.set(name, await callsPerRound(task, roundMs))
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, task] of round % 2 === 0 ? tasks : tasks.toReversed()) {
      const count = calls.get(name) ?? 1
      samples.get(name)?.push((await timeOf(task, count)) / count)
    }
  }
  const of = (name: N): readonly number[] => samples.get(name) ?? []
  return {
    of: (name) => median(of(name)),
    ratio: (name, peer) => median(of(name).map((ours, round) => ours / (of(peer)[round] ?? Number.NaN))),
  }
}

const digits = (value: number): number => Number(value.toPrecision(4))

/** A figure where less is better: milliseconds, microseconds, bytes. */
export const figure = (name: string, value: number, unit: string, peer: string, peerValue: number): Figure =>
  figureOf(name, value, unit, peer, value / peerValue)

/** A figure whose ratio was taken round by round. */
export const figureOf = (name: string, value: number, unit: string, peer: string, ratio: number): Figure => ({
  name,
  value: digits(value),
  unit,
  peer,
  ratio: digits(ratio),
})
