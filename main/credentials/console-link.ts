// Owns the link that signs a browser in to the AWS console with temporary credentials, by AWS's federation endpoint. Opens nothing; the
// link lets in whoever has it for 15 minutes, so it is a secret too.
import * as z from 'zod'
import { toFailure } from '../cognito/errors.ts'
import { trustingFetch } from '../cognito/system-certificates.ts'
import { fail, ok, type Result } from '../failure.ts'
import { exportRegionOf, type Profile } from '../profiles/profile.ts'
import type { SessionManager } from '../sessions/api.ts'
import type { ExportedCredentials } from './formats.ts'

export interface ConsoleLinkInput {
  readonly credentials: ExportedCredentials
  readonly region: string
  /** Of a federation endpoint other than AWS's own; without the path. */
  readonly federationUrl?: string | undefined
  /** A page of the console; its home page of the region unless set. */
  readonly destination?: string | undefined
}

interface Partition {
  readonly federation: string
  readonly console: string
}

/** IAM guide, "Enable custom identity broker access to the AWS console", and the endpoints of the other partitions. */
const partitionOf = (region: string): Partition => {
  if (region.startsWith('cn-')) {
    return { federation: 'https://signin.amazonaws.cn', console: 'https://console.amazonaws.cn' }
  }
  if (region.startsWith('us-gov-')) {
    return {
      federation: 'https://signin.amazonaws-us-gov.com',
      console: 'https://console.amazonaws-us-gov.com',
    }
  }
  return { federation: 'https://signin.aws.amazon.com', console: 'https://console.aws.amazon.com' }
}

const patienceMs = 10_000
const answerSchema = z.object({ SigninToken: z.string().min(1) })

const addressOf = (base: string, query: Readonly<Record<string, string>>): string =>
  `${base.replace(/\/+$/, '')}/federation?${new URLSearchParams(query).toString()}`

/**
 * Exchanges the credentials for a sign-in token, and makes the link of it. SessionDuration is left out: credentials of a role that was
 * itself assumed are refused with it. Codes: credentials.console, network.*, service.*.
 */
export const createConsoleLink = async (
  { credentials, region, federationUrl, destination }: ConsoleLinkInput,
  ports: { readonly fetch?: typeof fetch } = {},
): Promise<Result<{ url: string }>> => {
  const partition = partitionOf(region)
  const base = federationUrl ?? partition.federation
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const session = JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken })
  try {
    const answer = await (ports.fetch ?? trustingFetch)(
      addressOf(base, { Action: 'getSigninToken', Session: session }),
      {
        // Credentials are in the address: it is asked of nobody else.
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      },
    )
    if (answer.status >= 500) return fail('service.unavailable', { detail: `HTTP ${answer.status}` })
    if (!answer.ok) return fail('credentials.console', { detail: `HTTP ${answer.status}` })
    const parsed = answerSchema.safeParse(await answer.json().catch(() => undefined))
    if (!parsed.success) return fail('network.bad-answer', { detail: 'The answer holds no sign-in token.' })
    const query = {
      Action: 'login',
      Issuer: 'Sesame',
      Destination: destination ?? `${partition.console}/console/home?region=${region}`,
      SigninToken: parsed.data.SigninToken,
    }
    return ok({ url: addressOf(base, query) })
  } catch (error) {
    return { ok: false, failure: toFailure(error, 'caller-identity', [secretAccessKey, sessionToken]) }
  }
}

/** The link for who is signed in to a profile: its role, its region, its federation endpoint. Codes: those of credentials and of the link. */
export const consoleLinkFor = async (
  sessions: Pick<SessionManager, 'getCredentials'>,
  profile: Profile,
): Promise<Result<{ url: string }>> => {
  const got = await sessions.getCredentials(profile.id)
  if (!got.ok) return got
  return createConsoleLink({
    credentials: got.value.credentials,
    region: exportRegionOf(profile),
    federationUrl: profile.endpoints.federation,
  })
}
