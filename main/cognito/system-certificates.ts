// Owns trust in the certificates of this system's own store, where an organisation puts those of its proxies and private hosts.
// Refuses to know what is asked for.
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { toFailure } from './errors.ts'

let isLoaded = false

/** Reading the store stops the process for some 100 ms, so it waits until a certificate is not known without it. */
const loadSystemCertificates = (): void => {
  if (isLoaded) return
  isLoaded = true
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
}

/**
 * Asks once more with the system's certificates trusted too, if the server's was refused and they were not before.
 * Where a certificate is refused nothing has been sent, so any question may be repeated.
 */
export const withSystemCertificates = async <T>(ask: () => Promise<T>): Promise<T> => {
  const wereLoaded = isLoaded
  try {
    return await ask()
  } catch (error) {
    if (wereLoaded || toFailure(error, 'refresh').code !== 'network.certificate') throw error
    loadSystemCertificates()
    return ask()
  }
}

/** `fetch`, for everything that is not asked by the SDK. */
export const trustingFetch: typeof fetch = (input, init) => withSystemCertificates(() => fetch(input, init))
