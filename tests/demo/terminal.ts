// Owns a terminal as a person would have it beside the app: a real bash with `sesame` on its path, everything that was typed and
// answered, and a picture of that.
import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { launchBrowser } from '../browser.ts'
import { findChromium } from '../host/src/chromium/find.ts'
import type { Scene } from './steps.ts'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')

export interface TerminalOptions {
  /** A folder of the terminal's own; the caller removes it. */
  readonly folder: string
  /** The configuration folder of the app beside it. */
  readonly configDir: string
  /** What a person would have typed before, such as a password that no line of the terminal shall hold. */
  readonly variables: Readonly<Record<string, string>>
}

export interface Terminal {
  /** Types a line, and answers what the program printed. Rejects with it where the exit code is not 0. */
  type(line: string): Promise<string>
  /** Leaves what was typed and printed so far: as text, and as a picture where there is a browser to draw it. */
  readonly scene: Scene
}

/** Nothing of this machine's own AWS settings, and the agent where the app beside it looks for it too. */
const environmentOf = ({ folder, configDir, variables }: TerminalOptions): NodeJS.ProcessEnv => {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:AWS|SESAME)_/i.test(name))
  return {
    ...Object.fromEntries(own),
    ...variables,
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    SESAME_CONFIG_DIR: configDir,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
  }
}

const escaped = (shown: string): string =>
  shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const pageOf = (shown: string): string => `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #1f232b; color: #d7dce3; font: 15px/1.55 "DejaVu Sans Mono", Menlo, Consolas, monospace }
  header { padding: 10px 16px; background: #2b303a; color: #9aa3b2; font-size: 13px; text-align: center }
  pre { margin: 0; padding: 18px 22px; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }
  b { color: #7fd18b; font-weight: normal }
</style><header>Terminal</header><pre>${escaped(shown).replaceAll(/^\$ /gm, '<b>$</b> ')}<b>$</b> ▏</pre>`

const draw = async (shown: string, file: string): Promise<boolean> => {
  if (findChromium(false).kind === 'missing') return false
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 760 } })
    await page.setContent(pageOf(shown))
    await page.screenshot({ path: file })
  } finally {
    await browser.close()
  }
  return true
}

/** Opens the terminal. */
export const openTerminal = async (options: TerminalOptions): Promise<Terminal> => {
  const bin = join(options.folder, 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, 'sesame'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`)
  await chmod(join(bin, 'sesame'), 0o755)
  const env = environmentOf(options)
  let shown = ''
  return {
    async type(line) {
      // Both in one, in the order in which a terminal would show them.
      const child = spawn('bash', ['--norc', '-o', 'pipefail', '-c', `exec 2>&1\n${line}`], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const ended = new Promise<number | null>((done, fail) => child.once('error', fail).once('exit', done))
      const printed = await text(child.stdout)
      shown += `$ ${line}\n${printed}${printed === '' || printed.endsWith('\n') ? '' : '\n'}`
      const code = await ended
      if (code !== 0) throw new Error(`${line} ended with ${code}: ${printed}`)
      return printed
    },
    scene: {
      async keep(base) {
        await writeFile(`${base}.txt`, shown)
        return (await draw(shown, `${base}.png`)) ? [`${base}.png`, `${base}.txt`] : [`${base}.txt`]
      },
    },
  }
}
