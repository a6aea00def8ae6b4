// Owns holding calls up, so that a test can do something while they are under way.

/** A gate that calls wait at while it is closed. */
export const gate = () => {
  let closed: { promise: Promise<void>; open: () => void } | undefined
  return {
    close: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      closed = { promise, open: resolve }
    },
    open: () => {
      closed?.open()
      closed = undefined
    },
    pass: async () => closed?.promise,
  }
}
