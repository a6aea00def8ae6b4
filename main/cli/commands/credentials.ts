// Owns `credentials` and `credential-process`: the same credentials for people, shells and tools.
import * as z from 'zod'
import { listedProfileSchema, processCredentialsSchema, textSchema } from '../../agent/answers.ts'
import { fail, ok } from '../../failure.ts'
import { credentialFormats } from '../../profiles/profile.ts'
import { get } from '../paths.ts'
import type { Outcome, World } from '../world.ts'

/** The seven formats, and the answer of a credential_process, which is the same as `json` on one line. */
export const formatNames = [...credentialFormats, 'process'] as const
const formatSchema = z.enum(formatNames)

export const credentialProcess = async (world: World, name: string): Outcome => {
  const got = await world.ask(processCredentialsSchema, get(name, 'credentials'))
  return got.ok ? ok({ json: got.value, text: `${JSON.stringify(got.value)}\n` }) : got
}

/** @param format the profile's own where none is given */
export const credentials = async (world: World, name: string, format: string | undefined): Outcome => {
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile } = found.value
  const chosen = formatSchema.safeParse(format ?? profile.exportFormat)
  if (!chosen.success) {
    return fail('cli.usage', {
      message: `There is no format "${format}".`,
      remedy: `Choose one of: ${formatNames.join(', ')}.`,
    })
  }
  if (chosen.data === 'process') return credentialProcess(world, profile.id)
  const text = await world.ask(textSchema, get(profile.id, `credentials/${chosen.data}`))
  if (!text.ok) return text
  return ok({ json: { format: chosen.data, ...text.value }, text: text.value.text })
}
