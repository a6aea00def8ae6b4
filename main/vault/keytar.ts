// Owns loading keytar, and names the part of it that is used, and what of it is asked in one go.

export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
  /** `getPassword` for each of them, where that is one crossing to another process instead of several. */
  getPasswords?(service: string, accounts: readonly string[]): Promise<readonly (string | null)[]>
  /** `setPassword`, then `getPassword`, in one crossing. */
  storePassword?(service: string, account: string, password: string): Promise<string | null>
  /** Where keytar runs in a process of its own: ends that process, and what was asked of it rejects; the next call starts another. */
  restart?(): void
}

/** keytar in this process. */
export const loadKeytar = async (): Promise<Keytar> => {
  const binding = await import('keytar')
  // CommonJS: whether its names are seen depends on who loads it (Node does not see these, a bundler may).
  return 'default' in binding ? binding.default : binding
}

/** What lies under each of these names, one looked at after the other. */
export const getPasswords = async (
  keytar: Keytar,
  service: string,
  accounts: readonly string[],
): Promise<readonly (string | null)[]> => {
  if (keytar.getPasswords !== undefined) return keytar.getPasswords(service, accounts)
  const values: (string | null)[] = []
  for (const account of accounts) values.push(await keytar.getPassword(service, account))
  return values
}

/** Writes, and answers what lies there then. */
export const storePassword = async (
  keytar: Keytar,
  service: string,
  account: string,
  password: string,
): Promise<string | null> => {
  if (keytar.storePassword !== undefined) return keytar.storePassword(service, account, password)
  await keytar.setPassword(service, account, password)
  return keytar.getPassword(service, account)
}
