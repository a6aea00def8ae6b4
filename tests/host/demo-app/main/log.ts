/** What happened in the main process, for the tests to read. */
export const log: string[] = []
