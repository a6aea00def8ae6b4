// For the end of a switch over a union: a new member becomes a compile error here.

export const unreachable = (value: never): never => {
  throw new Error(`unexpected member of a union: ${JSON.stringify(value)}`)
}
