/** The error that `loadURL` rejects with: Chromium's name, number and address. */

/** Numbers of net/base/net_error_list.h. */
const NUMBERS: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
}

export interface LoadFailure {
  readonly error: Error
  readonly code: string
  readonly errno: number
}

/** @param code with or without `net::` */
export function loadFailure(code: string, url: string): LoadFailure {
  const name = code.replace(/^net::/, '')
  const errno = NUMBERS[name] ?? NUMBERS['ERR_FAILED'] ?? -2
  const error = Object.assign(new Error(`${name} (${errno}) loading '${url}'`), { code: name, errno, url })
  return { error, code: name, errno }
}
