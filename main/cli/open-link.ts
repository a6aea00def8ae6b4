// Owns starting the browser of who runs the command, with an address or a secret link.
import { spawn } from 'node:child_process'
import { openOnce } from '../credentials/open-once.ts'
import { fail, type Result } from '../failure.ts'

export type Opener = readonly [command: string, ...args: string[]]

/**
 * What opens an address here; BROWSER wins, as for most tools. Undefined where nothing can: without a display, xdg-open would
 * start a browser made of text in a terminal that nobody sees.
 */
export const openerFor = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Opener | undefined => {
  if (env['BROWSER']) return [env['BROWSER']]
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] || env['WSL_DISTRO_NAME'] ? ['xdg-open'] : undefined
}

const notOpened = (detail: string): Result<never> => fail('cli.browser', { detail })

/** Settles once the browser has been sent on, or `signal` says that it need not be any more. Code: cli.browser. */
export const openLink = async (
  link: string,
  opener: Opener | undefined,
  signal?: AbortSignal,
): Promise<Result<void>> => {
  if (opener === undefined) return notOpened('there is no display')
  const [command, ...args] = opener
  return openOnce(link, {
    signal,
    notOpened,
    open(address, refuse) {
      const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true })
      child.once('error', (error) => refuse(`${command}: ${error.message}`))
      child.once('exit', (code) => {
        if (code !== 0) refuse(`${command}: ended with ${code ?? 'a signal'}`)
      })
      child.unref()
    },
  })
}
