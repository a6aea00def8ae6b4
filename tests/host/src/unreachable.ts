/** The end of a switch that handles every case: the compiler refuses it when one is missing. */
export function unreachable(value: never): never {
  throw new Error(`stand-in: unexpected ${JSON.stringify(value)}`)
}
