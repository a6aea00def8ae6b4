// Owns loading keytar, and names the part of it that is used.

export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
  /** Where keytar runs in a process of its own: ends that process, and what was asked of it rejects; the next call starts another. */
  restart?(): void
}

/** keytar in this process. */
export const loadKeytar = async (): Promise<Keytar> => {
  const binding = await import('keytar')
  // CommonJS: whether its names are seen depends on who loads it (Node does not see these, a bundler may).
  return 'default' in binding ? binding.default : binding
}
