// Owns whom a request is about, so that faults and the journal can name a user. Reads names only and believes nothing.
import type { RequestSubject } from './faults.ts'
import type { Input } from './input.ts'
import { isRecord } from './input.ts'
import { unverifiedClaims } from './tokens.ts'
import type { World } from './world.ts'

/** User (by their own name where the pool knows them) and app client of a request, as far as it says, and its ClientMetadata. */
export function subjectOf(world: World, input: Input): Omit<RequestSubject, 'operation'> {
  const clientId = text(input['ClientId'])
  const metadata = input['ClientMetadata']
  const user = userOf(world, input, clientId)
  return {
    ...(user !== undefined && { user }),
    ...(clientId !== undefined && { clientId }),
    ...(isRecord(metadata) && { clientMetadata: metadata }),
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const member = (value: unknown, name: string) => (isRecord(value) ? text(value[name]) : undefined)

function userOf(world: World, input: Input, clientId: string | undefined): string | undefined {
  const pool = [...world.pools.values()].find(({ clients }) => clients.has(clientId ?? ''))
  const typed =
    member(input['AuthParameters'], 'USERNAME') ??
    member(input['ChallengeResponses'], 'USERNAME') ??
    text(input['Username'])
  if (typed !== undefined) return pool?.findUser(typed)?.username ?? typed
  const refreshToken =
    member(input['AuthParameters'], 'REFRESH_TOKEN') ?? text(input['RefreshToken']) ?? text(input['Token'])
  if (refreshToken !== undefined) {
    const chain = pool?.refreshTokens.chainOf(refreshToken)
    return chain && pool?.userBySub(chain.sub)?.username
  }
  const login = isRecord(input['Logins']) ? text(Object.values(input['Logins'])[0]) : undefined
  const claims = unverifiedClaims(text(input['AccessToken']) ?? login ?? '')
  return text(claims?.['username'] ?? claims?.['cognito:username'])
}
