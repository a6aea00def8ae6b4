// Owns reading with secret-tool, which knows nothing of us, what Sesame keeps in a keyring.
import { headAccount, places, serviceNameFor } from '../../main/vault/accounts.ts'
import type { Keyring } from '../integration/keyring.ts'

/** What is stored for an account of this configuration folder, in either of its two places; undefined where nothing is. */
export const storedItem = async (
  keyring: Keyring,
  configDir: string,
  account: string,
): Promise<string | undefined> => {
  const service = serviceNameFor(configDir, '')
  const found: string[] = []
  for (const place of places) {
    const value = await keyring.lookup(service, headAccount(account, place))
    if (value !== undefined) found.push(value)
  }
  return found.length > 0 ? found.join('\n') : undefined
}
