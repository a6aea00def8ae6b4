// Owns `console`: a link that signs a browser in to the AWS console, printed or opened.
import { linkSchema } from '../../agent/answers.ts'
import { ok } from '../../failure.ts'
import { openerFor, openLink } from '../open-link.ts'
import { post } from '../paths.ts'
import type { Outcome, World } from '../world.ts'

export const consoleLink = async (world: World, name: string, { open }: { open: boolean }): Outcome => {
  const link = await world.ask(linkSchema, post(name, 'console'))
  if (!link.ok) return link
  if (!open) return ok({ json: link.value, text: `${link.value.url}\n` })
  const opened = await openLink(link.value.url, openerFor(process.platform, world.terminal.env))
  return opened.ok ? ok({ json: { opened: true }, text: 'Opened the AWS console in the browser.\n' }) : opened
}
